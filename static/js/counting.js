// The entry form by keyboard: Enter and arrows move, numbers select on focus, a running sum helps,
// Ctrl+Enter or F8 stores. Without this script the form works as any other form.
"use strict";

(() => {
  const form = document.querySelector("[data-entry]");
  if (!form) return;

  const steps = () =>
    [...form.querySelectorAll("input[data-figure], input[data-step]")].filter((field) => !field.disabled);
  const submit = form.querySelector("button[type=submit]:not([name])");

  const move = (field, by) => {
    const all = steps();
    const next = all[all.indexOf(field) + by];
    if (next) next.focus();
    else if (by > 0) submit.focus();
  };

  const store = () => form.requestSubmit(submit);

  form.addEventListener("focusin", (event) => {
    if (event.target.matches("input[data-figure], input[data-step]")) event.target.select();
  });

  form.addEventListener("keydown", (event) => {
    if ((event.key === "Enter" && event.ctrlKey) || event.key === "F8") {
      event.preventDefault();
      store();
    } else if (event.target.matches("input[data-figure], input[data-step]")) {
      const by = { Enter: event.shiftKey ? -1 : 1, ArrowDown: 1, ArrowUp: -1 }[event.key];
      if (!by || event.isComposing) return;
      event.preventDefault();
      move(event.target, by);
    }
  });

  // help only: the server computes nothing from these sums and neither should the typist
  const figure = (item) => {
    const field = form.querySelector(`[data-figure="${CSS.escape(item)}"]`);
    return field && /^[0-9]{1,6}$/.test(field.value) ? Number(field.value) : null;
  };

  const balance = () => {
    const returned = figure("returned");
    const unfit = figure("void");
    const valid = returned === null || unfit === null || unfit > returned ? null : returned - unfit;
    const shown = form.querySelector("[data-valid-number]");
    if (shown) shown.textContent = valid === null ? "—" : String(valid);
    for (const row of form.querySelectorAll("[data-row]")) {
      const output = row.querySelector("[data-sum]");
      const values = [...row.querySelectorAll("[data-figure]")].map((f) => figure(f.dataset.figure));
      const known = values.every((value) => value !== null);
      const sum = values.reduce((total, value) => total + (value ?? 0), 0);
      const right = known && valid !== null && sum === valid;
      output.className = right ? "is-right" : known && valid !== null ? "is-off" : "";
      output.textContent = !known ? "" : right ? output.dataset.match : `${output.dataset.off} ${sum}`;
    }
  };

  form.addEventListener("input", balance);

  const addLine = (event) => {
    event.preventDefault();
    const body = form.querySelector("[data-lines] tbody");
    const row = body.lastElementChild.cloneNode(true);
    const number = body.children.length;
    for (const field of row.querySelectorAll("input")) {
      field.name = field.name.replace(/[0-9]+/, String(number));
      field.setAttribute("aria-label", field.getAttribute("aria-label").replace(/[0-9]+/, String(number + 1)));
      field.value = "";
    }
    body.append(row);
    row.querySelector("input").focus();
  };

  form.querySelector("[data-more]")?.addEventListener("click", addLine);
  for (const part of document.querySelectorAll("[data-valid], [data-keys]")) part.hidden = false;
  balance();
  const first = form.dataset.first && document.getElementById(`f-${form.dataset.first}`);
  (first || steps()[0])?.focus();
})();
