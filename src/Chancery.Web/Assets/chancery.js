// What pages do beyond plain links and forms. Everything works without it, a little less quickly.
"use strict";

// Words that are open are closed by the same link.
document.addEventListener("click", event => {
  const link = event.target.closest("a.words");
  if (!link) return;
  const below = link.closest(".dispute")?.nextElementSibling ?? link.closest("tr, .line")?.nextElementSibling;
  const open = below?.matches("tr.words, .words-below") ? below : below?.querySelector(".words-below");
  if (open) {
    open.remove();
    link.setAttribute("aria-expanded", "false");
    event.preventDefault();
    event.stopImmediatePropagation();
  } else {
    link.setAttribute("aria-expanded", "true");
  }
}, true);

// Empty fields of filters stay out of the address.
document.addEventListener("submit", event => {
  if (!event.target.matches("form.filters")) return;
  for (const field of event.target.elements) if (field.name && field.value === "") field.disabled = true;
  setTimeout(() => { for (const field of event.target.elements) field.disabled = false; }, 0);
});

// "/" goes to the search, j and k from entry to entry, as analysts know it from elsewhere.
document.addEventListener("keydown", event => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.target.matches("input, textarea, select")) return;
  if (event.key === "/") {
    document.querySelector("form.find input")?.focus();
    event.preventDefault();
  } else if (event.key === "j" || event.key === "k") {
    const entries = [...document.querySelectorAll(".card, .entry a.words, .entry a.open")];
    const now = entries.findIndex(e => e === document.activeElement || e.contains(document.activeElement));
    const next = entries[event.key === "j" ? now + 1 : Math.max(0, now - 1)];
    next?.focus();
    next?.scrollIntoView({ block: "nearest" });
  }
});

// The quotes of a field of the table of positions come below it; they are shown, and the field marked.
document.addEventListener("click", event => {
  const cell = event.target.closest(".matrix td a");
  if (!cell) return;
  for (const other of document.querySelectorAll(".matrix [aria-current]")) other.removeAttribute("aria-current");
  cell.setAttribute("aria-current", "true");
});
document.addEventListener("htmx:after:swap", () => document.querySelector("#cell-words:not(:empty)")?.scrollIntoView({ block: "nearest" }));

// Colours of the style sheet as pictures need them, whatever light or dark makes of them.
function colour(name) {
  const probe = document.createElement("span");
  probe.style.color = `var(--${name})`;
  document.body.append(probe);
  const found = getComputedStyle(probe).color;
  probe.remove();
  return found;
}
