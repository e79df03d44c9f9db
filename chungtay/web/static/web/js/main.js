/* Starts each behaviour where its mark stands, on the page and on what htmx brings later. A page works without any of them. */
const BEHAVIOURS = [
  ["[data-entry-grid]", "./entry-grid.js"],
  ["form[data-autosave-url]", "./autosave.js"],
  ["[data-opens], [data-closes], dialog", "./dialog.js"],
  ["[data-print], details", "./print.js"],
  ["[aria-current]", "./position.js"],
  ["[data-submit-on-change]", "./filters.js"],
  ["form.toolbar", "./folding.js"],
];

async function start(root) {
  const wanted = [];
  for (const [mark, module] of BEHAVIOURS) {
    const found = [...root.querySelectorAll(mark)];
    if (root instanceof Element && root.matches(mark)) found.unshift(root);
    if (found.length) wanted.push([import(module), found]); // all are fetched at once, and started in order
  }
  for (const [module, found] of wanted) (await module).start(found);
}

document.documentElement.dataset.starts = "";
start(document).finally(() => delete document.documentElement.dataset.starts);
document.addEventListener("htmx:load", (event) => {
  if (event.target !== document.body) start(event.target);
});
