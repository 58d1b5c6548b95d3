// What every page needs: a table that scrolls can be reached and scrolled by keyboard,
// forms that ask before they are sent, and a field that leaves of a table the rows one looks for.

import { begin as beginDrafts } from "./drafts.js";

function makeReachable(box) {
  const scrolls = box.scrollWidth > box.clientWidth || box.scrollHeight > box.clientHeight;
  if (scrolls) box.tabIndex = 0;
  else box.removeAttribute("tabindex");
}

const sizes = new ResizeObserver((changes) => {
  for (const change of changes) makeReachable(change.target.closest(".table-wrap"));
});
for (const box of document.querySelectorAll(".table-wrap")) {
  makeReachable(box);
  sizes.observe(box);
  for (const child of box.children) sizes.observe(child);
}
for (const form of document.querySelectorAll("form[data-confirm]")) {
  form.addEventListener("submit", (event) => {
    if (!window.confirm(form.dataset.confirm)) event.preventDefault();
  });
}
for (const field of document.querySelectorAll("[data-find]")) {
  const rows = document.querySelectorAll("table.results tbody tr");
  field.closest("label").hidden = false;
  field.addEventListener("input", () => {
    const wanted = field.value.trim().toLowerCase();
    for (const row of rows) row.hidden = !row.textContent.toLowerCase().includes(wanted);
  });
}
// after the scripts of the page: they may add the lines a draft fills
window.addEventListener("load", beginDrafts);
