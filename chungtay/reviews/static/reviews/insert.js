/* [data-insert]: a figure's button puts its token where the caret stands; without script it goes to the end. */
document.addEventListener("click", (event) => {
  const button = event.target.closest("[data-insert] [data-token]");
  if (!button) return;
  const text = button.closest("form").querySelector("textarea");
  event.preventDefault();
  const { selectionStart: start, selectionEnd: end } = text;
  text.setRangeText(button.dataset.token, start, end, "end");
  text.focus();
});
