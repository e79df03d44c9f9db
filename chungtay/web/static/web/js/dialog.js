/* [data-opens="id"] opens that <dialog>; [data-closes] and a click beside it close it. Without script the link to #id
   shows the dialog in its place (see .dialog:target in components.css). */
let listening = false;

function onClick(event) {
  const opener = event.target.closest("[data-opens]");
  if (opener) {
    const dialog = document.getElementById(opener.dataset.opens);
    if (dialog && !dialog.open) {
      event.preventDefault();
      dialog.showModal();
    }
    return;
  }
  const dialog = event.target.closest("dialog[open]");
  if (dialog && (event.target.closest("[data-closes]") || event.target === dialog)) {
    event.preventDefault();
    dialog.close();
  }
}

/* A link dressed as a button also answers the space bar. */
function onKey(event) {
  if (event.key === " " && event.target.matches("a[data-opens]")) {
    event.preventDefault();
    event.target.click();
  }
}

export function start() {
  if (listening) return;
  listening = true;
  document.addEventListener("click", onClick);
  document.addEventListener("keydown", onKey);
}
