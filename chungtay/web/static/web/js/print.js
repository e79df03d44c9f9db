/* [data-print] prints the page. On paper every folded table is open; afterwards it folds again. */
let listening = false;
let opened = [];

export function start() {
  if (listening) return;
  listening = true;
  document.addEventListener("click", (event) => event.target.closest("[data-print]") && window.print());
  window.addEventListener("beforeprint", () => {
    opened = [...document.querySelectorAll("main details:not([open])")];
    for (const fold of opened) fold.open = true;
  });
  window.addEventListener("afterprint", () => {
    for (const fold of opened) fold.open = false;
  });
}
