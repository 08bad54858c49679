// What pages do beyond plain links and forms. Everything works without it, a little less quickly.
"use strict";

// Words that are open are closed by the same link.
document.addEventListener("click", event => {
  const link = event.target.closest("a.words");
  const row = link?.closest("tr");
  if (row?.nextElementSibling?.matches("tr.words")) {
    row.nextElementSibling.remove();
    link.setAttribute("aria-expanded", "false");
    event.preventDefault();
    event.stopImmediatePropagation();
  } else if (link) {
    link.setAttribute("aria-expanded", "true");
  }
}, true);

// Empty fields of filters stay out of the address.
document.addEventListener("submit", event => {
  if (!event.target.matches("form.filters")) return;
  for (const field of event.target.elements) if (field.name && field.value === "") field.disabled = true;
  setTimeout(() => { for (const field of event.target.elements) field.disabled = false; }, 0);
});

// "/" goes to the search, as analysts know it from elsewhere.
document.addEventListener("keydown", event => {
  if (event.key !== "/" || event.ctrlKey || event.metaKey || event.target.matches("input, textarea, select")) return;
  document.querySelector("form.find input")?.focus();
  event.preventDefault();
});
