// A table of inputs as a grid: Enter and the arrows go from row to row, blocks can be pasted,
// empty rows can be added. Without this file the form works just the same, cell by cell.
"use strict";

(() => {
  const form = document.querySelector("form[data-grid]");
  if (!form) return;
  const rows = (inside) => [...inside.querySelectorAll("tr")].filter((row) => row.querySelector("[data-column]"));
  const more = form.querySelector("[data-grid-add]"); // only a table with this button may grow
  const cell = (row, column) => row && row.querySelector(`[data-column="${column}"]`);

  function move(from, by) {
    const all = rows(from.closest("tbody"));
    let place = all.indexOf(from.closest("tr")) + by;
    while (all[place] && !cell(all[place], from.dataset.column)) place += by;
    const target = cell(all[place], from.dataset.column);
    if (!target) return;
    target.focus();
    if (target.select) target.select();
  }

  form.addEventListener("keydown", (event) => {
    const from = event.target;
    if (!from.dataset || !from.dataset.column) return;
    const vertical = from.tagName === "INPUT";
    const by = event.key === "Enter" ? (event.shiftKey ? -1 : 1)
      : vertical && event.key === "ArrowDown" ? 1
      : vertical && event.key === "ArrowUp" ? -1 : 0;
    if (!by || event.isComposing || event.ctrlKey || event.altKey) return;
    event.preventDefault();
    move(from, by);
  });

  form.addEventListener("paste", (event) => {
    const from = event.target;
    const text = (event.clipboardData || { getData: () => "" }).getData("text");
    if (!from.dataset || !from.dataset.column || !/[\t\n]/.test(text.trimEnd())) return;
    event.preventDefault();
    const block = text.replace(/\r?\n$/, "").split(/\r?\n/).map((line) => line.split("\t"));
    const body = from.closest("tbody");
    const start = rows(body).indexOf(from.closest("tr"));
    while (more && start + block.length > rows(body).length && addRow(body)) { /* one by one */ }
    const all = rows(body);
    const columns = [...all[0].querySelectorAll("[data-column]")].map((input) => input.dataset.column);
    const first = columns.indexOf(from.dataset.column);
    block.forEach((line, down) => line.forEach((value, right) => {
      const target = cell(all[start + down], columns[first + right]);
      if (target) put(target, value.trim());
    }));
  });

  function put(target, value) {
    if (target.tagName === "SELECT") {
      const option = [...target.options].find((one) => one.value === value || one.text === value);
      if (!option) return;
      target.value = option.value;
    } else {
      target.value = value;
    }
    target.dispatchEvent(new Event("input", { bubbles: true }));
  }

  // A new row is the last empty one again with the next number in its names.
  function addRow(body) {
    const all = rows(body);
    const last = all[all.length - 1];
    const number = Number(last.querySelector("[data-column]").name.split("-")[1]);
    if (Number.isNaN(number)) return false;
    const row = last.cloneNode(true);
    row.querySelectorAll("[name]").forEach((input) => {
      input.name = input.name.replace(/-\d+-/, `-${number + 1}-`);
      if (input.id) input.id = input.id.replace(/-\d+-/, `-${number + 1}-`);
      if (input.tagName === "SELECT") input.selectedIndex = 0;
      else if (input.type === "checkbox") input.checked = false;
      else input.value = "";
      input.classList.remove("is-invalid");
      const label = input.getAttribute("aria-label");
      if (label) input.setAttribute("aria-label", label.replace(/\d+$/, all.length + 1));
    });
    row.querySelectorAll(".field-error").forEach((error) => error.remove());
    row.querySelector(".row-number").childNodes[0].textContent = all.length + 1;
    last.after(row);
    return true;
  }

  if (more) {
    more.hidden = false;
    more.addEventListener("click", () => {
      const body = form.querySelector("tbody");
      const before = rows(body).length;
      for (let n = 0; n < 5; n += 1) addRow(body);
      rows(body)[before].querySelector("[data-column]").focus();
    });
  }

  let dirty = false;
  form.addEventListener("input", () => { dirty = true; });
  form.addEventListener("submit", () => { dirty = false; });
  window.addEventListener("beforeunload", (event) => { if (dirty) event.preventDefault(); });
})();
