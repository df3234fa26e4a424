// The desk's script. Purpose: ten voices a minute from the keyboard. j and k move, Enter opens,
// and a key shown on a button presses it. Never: needed; every button works with the mouse.
(() => {
  "use strict";
  const items = () => [...document.querySelectorAll("[data-item]")];
  let chosen = null;

  function mark(item) {
    if (chosen) chosen.classList.remove("chosen");
    chosen = item;
    chosen.classList.add("chosen");
  }

  function choose(step) {
    const all = items();
    if (!all.length) return;
    const at = all.indexOf(chosen);
    mark(all[at < 0 ? 0 : Math.min(all.length - 1, Math.max(0, at + step))]);
    chosen.tabIndex = -1;
    chosen.focus({ preventScroll: true });
    chosen.scrollIntoView({ block: "nearest" });
  }

  addEventListener("keydown", (event) => {
    if (event.defaultPrevented || event.ctrlKey || event.altKey || event.metaKey) return;
    const target = event.target;
    // Escape leaves a field, so that the keys work again; nothing typed into one is a key.
    if (target.matches("input, textarea, select, [contenteditable]")) {
      if (event.key === "Escape") target.blur();
      else if (!target.matches("[type=radio], [type=checkbox]")) return;
    }
    const key = event.key.toLowerCase();
    if (key === "j" || key === "k") {
      choose(key === "j" ? 1 : -1);
      event.preventDefault();
      return;
    }
    if (key === "enter") {
      const free = target === chosen || target === document.body;
      const link = chosen && free && chosen.querySelector("a[href]");
      if (link) link.click();
      return;
    }
    if (key.length !== 1) return;
    const named = `[data-key="${CSS.escape(key)}"]`;
    // The chosen row's own button; else one that stands outside any row.
    const inRow = chosen && chosen.querySelector(named);
    const outside = [...document.querySelectorAll(named)].find((found) => !found.closest("[data-item]"));
    const pressed = inRow || outside;
    if (!pressed) return;
    event.preventDefault();
    if (pressed.matches("input:not([type=radio], [type=checkbox]), textarea, select")) pressed.focus();
    else pressed.click();
  });

  // A plus or a minus beside a number counts at once; without the script the node does it.
  addEventListener("click", (event) => {
    const press = event.target.closest("button[data-step]");
    const field = press && press.form && press.form.elements[press.dataset.step];
    if (!field) return;
    event.preventDefault();
    const by = press.value.endsWith("+1") ? 1 : -1;
    field.value = Math.max(0, (parseInt(field.value, 10) || 0) + by);
  });

  // Whoever signs out leaves no page of the desk on a phone that others hold.
  addEventListener("submit", (event) => {
    if (!self.caches || !(event.target.getAttribute("action") || "").startsWith("/sign-out")) return;
    caches.keys().then((all) => all.forEach((name) => name.startsWith("baraza-desk") && caches.delete(name)));
  });

  // The first row is marked, not focused: nobody's place in the page is moved without asking.
  const first = items()[0];
  if (first) mark(first);
})();
