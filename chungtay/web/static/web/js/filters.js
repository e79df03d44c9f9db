/* [data-submit-on-change] on a form of filters: choosing is enough; without script its own button does it. */
const started = new WeakSet();

export function start(forms) {
  for (const form of forms) {
    if (started.has(form)) continue;
    started.add(form);
    form.addEventListener("change", () => form.requestSubmit());
  }
}
