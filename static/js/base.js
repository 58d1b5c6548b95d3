// What every page needs: a table that scrolls sideways can be reached and scrolled by keyboard, and
// forms that ask before they are sent.

function makeReachable(box) {
  if (box.scrollWidth > box.clientWidth) box.tabIndex = 0;
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
