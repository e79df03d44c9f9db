/* form[data-check-url]: after a cell was left, the server is asked what is to be said about every cell, and the rows say it.

   The answer is {"cells": {key: {state, wrong: [sentence], explain: sentence, hints: [sentence], missing: bool}}, "filled": 7, "filled_text": words}.
   Nothing is saved here (that is autosave.js), and without this script the same is said after “Lưu nháp”. */
const PAUSE = 200;

class LiveChecks {
  constructor(form) {
    this.form = form;
    this.timer = 0;
    this.asked = 0;
    form.addEventListener("change", () => {
      clearTimeout(this.timer);
      this.timer = setTimeout(() => this.ask(), PAUSE);
    });
    form.addEventListener("submit", () => clearTimeout(this.timer));
  }

  async ask() {
    const turn = ++this.asked;
    let said = null;
    try {
      const answer = await fetch(this.form.dataset.checkUrl, {
        method: "POST",
        body: new FormData(this.form),
        headers: { Accept: "application/json" },
        credentials: "same-origin",
      });
      said = answer.ok ? await answer.json() : null;
    } catch {
      said = null; // no network: the checks come when it is back
    }
    if (!said || turn !== this.asked) return;
    for (const row of this.form.querySelectorAll("[data-key]")) tell(row, said.cells[row.dataset.key]);
    count(said);
  }
}

function count(said) {
  const bar = document.querySelector("[data-filled] progress");
  if (!bar) return;
  bar.value = said.filled;
  bar.setAttribute("aria-label", said.filled_text);
  bar.nextElementSibling.textContent = said.filled_text;
}

function tell(row, said) {
  if (!said) return;
  if (said.state) row.dataset.state = said.state;
  else delete row.dataset.state;
  row.querySelector("[data-missing]").hidden = !said.missing;
  const wrong = row.querySelector("[data-wrong]");
  wrong.hidden = said.wrong.length === 0;
  wrong.querySelector("span").textContent = said.wrong.join(" ");
  const input = row.querySelector("input");
  if (said.wrong.length) input.setAttribute("aria-invalid", "true");
  else input.removeAttribute("aria-invalid");
  const hints = row.querySelector("[data-hints]");
  hints.hidden = said.hints.length === 0;
  hints.textContent = said.hints.join(" ");
  tellUnusual(row, said.explain);
}

/* A box of words that was folded away comes into sight when it is asked for, and stays where it was written in. */
function tellUnusual(row, sentence) {
  const field = row.querySelector("[data-explain]");
  const line = field.querySelector("[data-unusual]");
  line.hidden = !sentence;
  if (sentence) {
    line.querySelector("[data-sentence]").textContent = sentence;
    field.dataset.problem = "explain";
    if (field.closest("[data-fold]")) {
      row.querySelector("[data-full]").append(field);
      row.querySelector("[data-fold] summary").textContent = "Chưa có số";
    }
  } else {
    delete field.dataset.problem;
  }
}

for (const form of document.querySelectorAll("form[data-check-url]")) new LiveChecks(form);
