/* [data-entry-grid]: numbers are typed as in a sheet. Enter, ↓ and ↑ go to the next box of the column, a pasted column of
   cells fills downwards, a whole number gets its dots when the box is left. What cannot be read stays as typed. */
const started = new WeakSet();
const BOXES = "input:not([type=hidden]):not([type=checkbox]):not([type=radio]):not([readonly]):not([disabled])";
const NUMBERS = "input[inputmode=numeric]:not(.date), input[inputmode=decimal]";

/* "22047" and "22.047" -> "22.047"; "58,10" keeps its decimals; null when it is not plainly a number. */
export function grouped(text, hasDecimals) {
  const plain = text.trim();
  const match = /^(-?)(\d+|\d{1,3}(?:\.\d{3})+)(,\d+)?$/.exec(plain);
  if (!match || (match[3] && !hasDecimals)) return null;
  const digits = match[2].replaceAll(".", "").replace(/^0+(?=\d)/, "");
  return match[1] + digits.replace(/\B(?=(\d{3})+$)/g, ".") + (match[3] ?? "");
}

/* The box below (step 1) or above (-1): in a table the same column, otherwise the next in order. */
function neighbour(grid, box, step) {
  const boxes = [...grid.querySelectorAll(BOXES)];
  const cell = box.closest("td, th");
  const column = cell ? boxes.filter((other) => other.closest("td, th")?.cellIndex === cell.cellIndex) : boxes;
  return column[column.indexOf(box) + step];
}

function onKey(grid, event) {
  const box = event.target;
  if (!box.matches(BOXES) || event.isComposing || event.ctrlKey || event.altKey || event.metaKey) return;
  const step = { ArrowDown: 1, ArrowUp: -1, Enter: event.shiftKey ? -1 : 1 }[event.key];
  if (!step) return;
  event.preventDefault();
  neighbour(grid, box, step)?.focus();
}

function onPaste(grid, event) {
  const lines = event.clipboardData.getData("text").replace(/\r?\n$/, "").split(/\r?\n/);
  if (lines.length < 2 || !event.target.matches(BOXES)) return;
  event.preventDefault();
  let box = event.target;
  for (const line of lines) {
    if (!box) break;
    box.value = line.split("\t")[0].trim();
    tidy(box);
    box.dispatchEvent(new Event("input", { bubbles: true }));
    box = neighbour(grid, box, 1);
  }
}

function tidy(box) {
  if (!box.matches(NUMBERS)) return;
  const tidied = grouped(box.value, box.inputMode === "decimal");
  if (tidied !== null && tidied !== box.value) box.value = tidied;
}

export function start(grids) {
  for (const grid of grids) {
    if (started.has(grid)) continue;
    started.add(grid);
    grid.addEventListener("keydown", (event) => onKey(grid, event));
    grid.addEventListener("paste", (event) => onPaste(grid, event));
    grid.addEventListener("focusin", (event) => event.target.matches(BOXES) && event.target.select());
    grid.addEventListener("focusout", (event) => event.target.matches(BOXES) && tidy(event.target));
  }
}
