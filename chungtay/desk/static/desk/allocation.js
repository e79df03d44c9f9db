/* [data-allocation]: keeps the sum of the boxes beside the target while somebody types. The server checks it again. */
const NBSP = "\u00a0";

function scaled(text, places) {
  const clean = text.replace(/[\s.\u00a0]/g, "");
  if (clean === "") return 0;
  const match = /^(\d+)(?:,(\d+))?$/.exec(clean);
  if (!match || (match[2] ?? "").length > places) return null;
  return Number(match[1] + (match[2] ?? "").padEnd(places, "0"));
}

function said(value, places, unit) {
  const digits = String(value).padStart(places + 1, "0");
  const whole = digits.slice(0, digits.length - places).replace(/\B(?=(\d{3})+$)/g, ".");
  const rest = places ? digits.slice(-places).replace(/0+$/, "") : "";
  return `${whole}${rest ? `,${rest}` : ""}${NBSP}${unit}`;
}

function agrees(rule, gap) {
  if (rule === "at_least") return gap <= 0;
  if (rule === "at_most") return gap >= 0;
  return gap === 0;
}

function start(form) {
  const { total, places, unit } = form.dataset;
  const line = form.querySelector("[data-allocation-sum]");
  const boxes = [...form.querySelectorAll("input[name^='part-']")];
  if (!line || !boxes.length) return;
  const tell = () => {
    const values = boxes.map((box) => scaled(box.value, Number(places)));
    const rule = form.querySelector("[name='rule']:checked, input[type='hidden'][name='rule']")?.value;
    if (values.includes(null)) {
      line.dataset.state = "discrepancy";
      line.textContent = "Có ô ghi số chưa đúng, chưa cộng được";
      return;
    }
    const sum = values.reduce((one, other) => one + other, 0);
    const gap = Number(total) - sum;
    const fits = agrees(rule, gap);
    const words = gap === 0 ? "khớp chỉ tiêu" : `${gap > 0 ? "còn thiếu" : "vượt"} ${said(Math.abs(gap), Number(places), unit)}`;
    line.dataset.state = fits ? "approved" : "discrepancy";
    line.textContent = `Tổng ${said(sum, Number(places), unit)}, ${words}`;
  };
  form.addEventListener("input", tell);
  form.addEventListener("change", tell);
}

for (const form of document.querySelectorAll("form[data-allocation]")) start(form);
