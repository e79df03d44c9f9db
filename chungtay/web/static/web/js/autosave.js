/* form[data-autosave-url]: what is typed is kept on this computer at once and sent a moment later.

   The form is posted to data-autosave-url with the header X-Autosave: 1. The server answers
     2xx            saved; JSON may carry {"saved_at": "08:41", "revision": 7, "status": "còn 1 ô trống"}
     409, 422       not saved; JSON {"message": "…"} says why
     a redirect, 401, 403   the session has ended
   A form with data-autosave-pending holds what the server refused: it is kept here, and goes up only with a button.
   "revision" is written into the form's box of that name. The state stands in [data-autosave-status] of the form.
   The copy on this computer is named after the address and the person, and goes away once the server has it. */
const started = new WeakSet();
const PAUSE = 900;
const RETRY = 15000;
const SKIPPED = new Set(["csrfmiddlewaretoken", "revision"]);

class Draft {
  constructor(form) {
    this.form = form;
    this.url = form.dataset.autosaveUrl;
    this.key = `chungtay:draft:${document.body.dataset.user ?? ""}:${this.url}`;
    this.line = form.querySelector("[data-autosave-status]");
    this.timer = 0;
    this.sending = false;
    this.dirty = false;
    this.left = false;
    form.addEventListener("submit", (event) => this.leaving(event));
    if (form.dataset.autosavePending !== undefined) return void this.keep();
    form.addEventListener("input", () => this.changed());
    form.addEventListener("change", () => this.changed());
    window.addEventListener("online", () => this.dirty && this.send());
    this.offerOlder();
  }

  values() {
    return [...new FormData(this.form)].filter(([name, value]) => typeof value === "string" && !SKIPPED.has(name));
  }

  revision() {
    return this.form.elements.revision?.value ?? "";
  }

  changed() {
    this.dirty = true;
    this.keep();
    this.say("Đang lưu…", "");
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.send(), PAUSE);
  }

  /* Storage may be full or forbidden: then only the server keeps the draft. */
  keep() {
    try {
      const copy = { at: clock(), values: this.values(), revision: this.revision(), left: this.left };
      localStorage.setItem(this.key, JSON.stringify(copy));
    } catch {
      this.forgetful = true;
    }
  }

  forget() {
    try {
      localStorage.removeItem(this.key);
    } catch {
      this.forgetful = true;
    }
  }

  async send() {
    clearTimeout(this.timer);
    if (this.sending || this.left) return;
    this.sending = true;
    this.dirty = false;
    let answer = null;
    try {
      answer = await fetch(this.url, {
        method: "POST",
        body: new FormData(this.form),
        headers: { "X-Autosave": "1", Accept: "application/json" },
        redirect: "manual",
        credentials: "same-origin",
      });
    } catch {
      answer = null;
    }
    const body = answer && (answer.headers.get("Content-Type") ?? "").includes("json") ? await answer.json().catch(() => ({})) : {};
    this.sending = false;
    this.settle(answer, body);
    if (this.left) this.form.requestSubmit(this.submitter);
  }

  settle(answer, body) {
    if (answer?.ok) {
      if (body.revision !== undefined && this.form.elements.revision) this.form.elements.revision.value = body.revision;
      if (this.dirty) return void this.send();
      this.forget();
      this.say(`Đã lưu lúc ${body.saved_at ?? clock()}${body.status ? ` · ${body.status}` : ""}`, "saved");
      return;
    }
    this.dirty = true;
    const kept = this.forgetful ? "Đừng đóng trang này." : "Số bạn nhập vẫn còn trên máy này.";
    if (!answer || answer.status >= 500) {
      this.say(`${answer ? "Chưa lưu được, máy chủ đang bận." : "Chưa lưu được vì mất mạng."} ${kept}`, "offline");
      this.timer = setTimeout(() => this.send(), RETRY);
    } else if (answer.type === "opaqueredirect" || answer.status === 401 || answer.status === 403) {
      this.say(`Phiên làm việc đã hết. ${kept} Hãy đăng nhập lại rồi mở lại trang.`, "refused");
    } else {
      this.say(`${body.message ?? "Chưa lưu được. Hãy tải lại trang."} ${kept}`, "refused");
    }
  }

  /* Sending the form while a save is under way would make the two overtake each other: the form goes once it is back. */
  leaving(event) {
    clearTimeout(this.timer);
    this.left = true;
    this.keep();
    if (!this.sending) return;
    event.preventDefault();
    this.submitter = event.submitter;
  }

  say(text, state) {
    if (!this.line) return;
    this.line.textContent = text;
    this.line.dataset.autosave = state;
  }

  /* A copy that differs from what the server sent is offered, never put back silently. One that left with a button and
     came in (the revision went on since) is no longer needed. */
  offerOlder() {
    let kept = null;
    try {
      kept = JSON.parse(localStorage.getItem(this.key) ?? "null");
    } catch {
      kept = null;
    }
    if (!kept) return;
    const differs = JSON.stringify(kept.values) !== JSON.stringify(this.values());
    const cameIn = kept.left && kept.revision !== this.revision();
    if (!differs || cameIn) return void this.forget();
    const bar = document.createElement("div");
    bar.className = "alert";
    bar.dataset.state = "explain";
    const words = document.createElement("div");
    words.append(`Máy này còn số đã nhập lúc ${kept.at} mà chưa lưu lên được. `);
    words.append(this.choice("Lấy lại số đã nhập", () => this.restore(kept.values)), " ", this.choice("Bỏ số đó", () => this.forget()));
    words.addEventListener("click", (event) => event.target.matches("button") && bar.remove());
    bar.append(document.createElement("span"), words);
    this.form.prepend(bar);
  }

  choice(label, action) {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "button button--second button--small";
    button.textContent = label;
    button.addEventListener("click", action);
    return button;
  }

  restore(values) {
    const byName = new Map();
    for (const [name, value] of values) byName.set(name, [...(byName.get(name) ?? []), value]);
    for (const box of this.form.elements) {
      if (!box.name || SKIPPED.has(box.name) || box.readOnly) continue;
      const given = byName.get(box.name) ?? [];
      if (box.type === "checkbox" || box.type === "radio") box.checked = given.includes(box.value);
      else if (given.length && box.type !== "file" && box.tagName !== "BUTTON") box.value = given.shift();
    }
    this.changed();
  }
}

function clock() {
  const now = new Date();
  return `${String(now.getHours()).padStart(2, "0")}:${String(now.getMinutes()).padStart(2, "0")}`;
}

export function start(forms) {
  for (const form of forms) {
    if (started.has(form)) continue;
    started.add(form);
    new Draft(form);
  }
}
