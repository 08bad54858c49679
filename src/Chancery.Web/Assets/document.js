// A report: its text and its cards light up together, stay in step, and are decided on in place.
"use strict";
{
  const side = document.getElementById("side");
  const pieces = new Map();
  for (const piece of document.querySelectorAll("[data-e]"))
    for (const id of piece.dataset.e.split(" ")) pieces.set(id, [...(pieces.get(id) ?? []), piece]);

  let pointed = "";
  const light = ids => {
    pointed = ids.join(" ");
    for (const lit of document.querySelectorAll(".lit")) lit.classList.remove("lit");
    for (const id of ids) {
      document.getElementById(id)?.classList.add("lit");
      for (const piece of pieces.get(id) ?? []) piece.classList.add("lit");
    }
  };
  const of = target => target.closest?.(".card")?.id.split(" ") ?? target.closest?.("[data-e]")?.dataset.e.split(" ");
  // Inside its own frame only: the page itself stays where it is.
  const show = (element, frame) => {
    if (!element || frame.scrollHeight <= frame.clientHeight) return;
    frame.scrollTo({ top: frame.scrollTop + element.getBoundingClientRect().top - frame.getBoundingClientRect().top - 60 });
  };
  const narrow = () => getComputedStyle(side).position !== "sticky";

  document.addEventListener("focusin", event => light(of(event.target) ?? []));
  // Text that scrolls under a resting pointer is not pointed at.
  let pointer = "";
  document.addEventListener("mousemove", event => {
    const now = `${event.screenX} ${event.screenY}`;
    if (now === pointer) return;
    pointer = now;
    const ids = of(event.target) ?? [];
    const key = ids.join(" ");
    if (key !== pointed) light(ids);
    pointed = key;
  });

  document.addEventListener("click", event => {
    const mark = event.target.closest(".text a.m, h1 a.m, .card a[href^='#']");
    if (mark) {
      const id = mark.hash.slice(1);
      const card = document.getElementById(id);
      if (!card) return;
      event.preventDefault();
      history.replaceState(null, "", mark.hash);
      narrow() ? card.scrollIntoView({ block: "center" }) : show(card, side);
      card.focus({ preventScroll: true });
      light([id]);
      return;
    }
    const card = event.target.closest(".card");
    if (card && !event.target.closest("a, button, input, select") && !narrow()) pieces.get(card.id)?.[0].scrollIntoView({ block: "center" });
  });

  // A card that is reached by keyboard shows its words too.
  document.addEventListener("focusin", event => {
    if (event.target.matches(".card") && !narrow()) {
      const box = pieces.get(event.target.id)?.[0].getBoundingClientRect();
      if (box && (box.top < 0 || box.bottom > innerHeight)) pieces.get(event.target.id)[0].scrollIntoView({ block: "center" });
    }
  });

  // The list follows the text, unless somebody is in it.
  const marks = [...document.querySelectorAll(".text a.m")];
  let waiting = false;
  document.addEventListener("scroll", () => {
    if (waiting || narrow() || side.matches(":hover") || side.contains(document.activeElement)) return;
    waiting = true;
    requestAnimationFrame(() => {
      waiting = false;
      const first = marks.find(m => m.getBoundingClientRect().top > 90);
      if (first) show(document.getElementById(first.hash.slice(1)), side);
    });
  }, { passive: true });

  // An address with an entry shows its words and its card.
  const start = () => {
    const id = decodeURIComponent(location.hash.slice(1));
    if (!id || !pieces.has(id)) return;
    pieces.get(id)[0].scrollIntoView({ block: "center" });
    if (!narrow()) show(document.getElementById(id), side);
    light([id]);
  };
  addEventListener("hashchange", start);
  start();

  const part = async (address, options) => {
    const answer = await fetch(address, { ...options, headers: { "HX-Request": "true", Accept: "text/html" } });
    return new DOMParser().parseFromString(await answer.text(), "text/html").querySelector(".card");
  };
  const put = (card, fresh) => {
    if (!fresh) return location.reload();
    card.replaceWith(fresh);
    const gone = fresh.classList.contains("rejected");
    for (const piece of pieces.get(fresh.id) ?? []) if (piece.hash === "#" + fresh.id) piece.classList.toggle("gone", gone);
    (fresh.querySelector("select, input:not([type=hidden])") ?? fresh).focus({ preventScroll: true });
  };
  document.addEventListener("submit", async event => {
    if (!event.target.matches("form.decide")) return;
    event.preventDefault();
    const form = event.target;
    const body = new FormData(form, event.submitter);
    const card = document.getElementById(body.get("edit") ?? body.get("confirm") ?? body.get("reject"));
    put(card, await part(form.action, { method: "POST", body: new URLSearchParams(body) }));
  });
  document.addEventListener("click", async event => {
    const link = event.target.closest(".card a[data-act]");
    if (!link || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    const card = link.closest(".card");
    if (link.dataset.act === "edit") return put(card, await part(link.href));
    // Left as it was: the card as the server has it.
    const page = new DOMParser().parseFromString(await (await fetch(location.pathname, { headers: { Accept: "text/html" } })).text(), "text/html");
    put(card, page.getElementById(card.id));
  });
  document.addEventListener("keydown", event => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.target.matches("input, textarea, select")) return;
    const card = document.activeElement?.closest(".card");
    const which = { c: "button[name=confirm]", x: "button[name=reject]", e: "a[data-act=edit]" }[event.key];
    card?.querySelector(which ?? "nothing")?.click();
  });
}
