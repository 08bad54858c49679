// Follows a job: with each step that the server tells, the list of steps is asked for again.
"use strict";
{
  const job = document.getElementById("job");
  if (job?.dataset.events) {
    const events = new EventSource(job.dataset.events);
    const look = () => htmx.ajax("GET", job.dataset.page, { target: "#job", swap: "innerHTML" });
    events.addEventListener("step", look);
    events.addEventListener("end", () => { events.close(); look(); });
    events.addEventListener("error", () => { events.close(); setTimeout(look, 1000); });
    look();
  }
}
