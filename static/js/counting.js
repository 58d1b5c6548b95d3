// The entry form by keyboard: Enter and arrows move, numbers select on focus, a running sum helps,
// Ctrl+Enter or F8 stores, F9 ticks the confirmation; a wrong code is selected to be typed anew.
// Without this script the form works as any other form.

import { figureOf, runningSum, validPapers } from "./counting_sums.js";

const FIELDS = "input[data-figure], input[data-step]";
const SUM_CLASSES = { right: "is-right", off: "is-off" };

class Entry {
  constructor(form) {
    this.form = form;
    this.submit = form.querySelector("button[type=submit]:not([name])");
    this.confirmed = form.querySelector("[name=confirmed]");
    form.addEventListener("focusin", (event) => {
      if (event.target.matches(FIELDS)) event.target.select();
    });
    form.addEventListener("keydown", (event) => this.pressed(event));
    form.addEventListener("input", () => this.balance());
    form.querySelector("[data-more]")?.addEventListener("click", (event) => this.addLine(event));
  }

  get steps() {
    return [...this.form.querySelectorAll(FIELDS)].filter((field) => !field.disabled);
  }

  move(field, by) {
    const { steps } = this;
    const next = steps[steps.indexOf(field) + by];
    if (next) next.focus();
    else if (by > 0) this.submit.focus();
  }

  pressed(event) {
    if ((event.key === "Enter" && event.ctrlKey) || event.key === "F8") {
      event.preventDefault();
      this.form.requestSubmit(this.submit);
    } else if (event.key === "F9" && this.confirmed) {
      event.preventDefault();
      this.confirmed.checked = !this.confirmed.checked;
      this.confirmed.focus();
    } else if (event.target.matches(FIELDS)) {
      const by = { Enter: event.shiftKey ? -1 : 1, ArrowDown: 1, ArrowUp: -1 }[event.key];
      if (!by || event.isComposing) return;
      event.preventDefault();
      this.move(event.target, by);
    }
  }

  figure(item) {
    const field = this.form.querySelector(`[data-figure="${CSS.escape(item)}"]`);
    return field ? figureOf(field.value) : null;
  }

  // help only: the server computes nothing from these sums and neither should the typist
  balance() {
    const valid = validPapers(this.figure("returned"), this.figure("void"));
    const output = this.form.querySelector("[data-valid-number]");
    if (output) output.textContent = valid === null ? "—" : String(valid);
    this.form.querySelectorAll("[data-row]").forEach((row) => this.balanceRow(row, valid));
  }

  balanceRow(row, valid) {
    const fields = [...row.querySelectorAll("[data-figure]")];
    const { state, sum } = runningSum(
      fields.map((field) => this.figure(field.dataset.figure)),
      valid,
    );
    const output = row.querySelector("[data-sum]");
    const texts = { incomplete: "", right: output.dataset.match };
    output.className = SUM_CLASSES[state] ?? "";
    output.textContent = texts[state] ?? `${output.dataset.off} ${sum}`;
  }

  addLine(event) {
    event.preventDefault();
    const body = this.form.querySelector("[data-lines] tbody");
    const row = body.lastElementChild.cloneNode(true);
    const number = body.children.length;
    row.querySelectorAll("input").forEach((field) => {
      const label = field.getAttribute("aria-label");
      field.name = field.name.replace(/[0-9]+/, String(number));
      field.setAttribute("aria-label", label.replace(/[0-9]+/, String(number + 1)));
      field.value = "";
    });
    body.append(row);
    row.querySelector("input").focus();
  }

  begin() {
    document.querySelectorAll("[data-valid], [data-keys]").forEach((part) => {
      part.hidden = false;
    });
    this.balance();
    const { first } = this.form.dataset;
    const field = first && document.getElementById(`f-${first}`);
    (field || this.steps[0])?.focus();
  }
}

document.querySelectorAll("[data-retype]").forEach((field) => field.select());
document.querySelectorAll("[data-entry]").forEach((form) => new Entry(form).begin());
