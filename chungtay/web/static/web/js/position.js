/* On a phone the navigation scrolls sideways: bring the current entry into sight without moving the page. */
export function start(marks) {
  for (const mark of marks) {
    const strip = mark.closest(".mainnav ul, .tabs ul");
    if (strip && strip.scrollWidth > strip.clientWidth) strip.scrollLeft = mark.offsetLeft - strip.offsetLeft - 24;
  }
}
