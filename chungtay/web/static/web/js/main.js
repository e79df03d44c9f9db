/* Starts each behaviour where its mark stands, on the page and on what htmx brings later. A page works without any of them. */
const BEHAVIOURS = [
  ["[data-entry-grid]", "./entry-grid.js"],
  ["form[data-autosave-url]", "./autosave.js"],
  ["[data-opens], [data-closes], dialog", "./dialog.js"],
  ["[data-print], details", "./print.js"],
  ["[aria-current]", "./position.js"],
  ["[data-submit-on-change]", "./filters.js"],
];

async function start(root) {
  for (const [mark, module] of BEHAVIOURS) {
    const found = [...root.querySelectorAll(mark)];
    if (root instanceof Element && root.matches(mark)) found.unshift(root);
    if (found.length) (await import(module)).start(found);
  }
}

start(document);
document.addEventListener("htmx:load", (event) => {
  if (event.target !== document.body) start(event.target);
});
