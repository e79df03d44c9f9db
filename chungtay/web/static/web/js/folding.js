/* form.toolbar: on a narrow screen only the first filter stands open; a button brings the others and says how many are set. */
const started = new WeakSet();

function isSet(box) {
  if (box.type === "checkbox" || box.type === "radio") return box.checked;
  return box.tagName === "SELECT" ? box.selectedIndex > 0 : box.value !== "";
}

export function start(forms) {
  for (const form of forms) {
    const [, ...others] = form.querySelectorAll(":scope > .field");
    if (started.has(form) || others.length < 2) continue;
    started.add(form);
    const set = others.filter((field) => [...field.querySelectorAll("input, select")].some(isSet)).length;
    const button = document.createElement("button");
    button.type = "button";
    button.className = "button button--second toolbar__more";
    button.textContent = set ? `Bộ lọc (${set} đang dùng)` : "Bộ lọc";
    const fold = (folded) => {
      form.toggleAttribute("data-folded", folded);
      button.setAttribute("aria-expanded", String(!folded));
    };
    fold(!form.querySelector("[data-problem]"));
    button.addEventListener("click", () => fold(!form.hasAttribute("data-folded")));
    others[0].before(button);
  }
}
