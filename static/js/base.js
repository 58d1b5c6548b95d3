/* What every page needs: a table that scrolls sideways can be reached and scrolled by keyboard. */
(() => {
  const mark = (box) => {
    if (box.scrollWidth > box.clientWidth) {
      box.tabIndex = 0;
    } else {
      box.removeAttribute("tabindex");
    }
  };
  const watch = new ResizeObserver((changes) => {
    for (const change of changes) mark(change.target.closest(".table-wrap"));
  });
  for (const box of document.querySelectorAll(".table-wrap")) {
    mark(box);
    watch.observe(box);
    for (const child of box.children) watch.observe(child);
  }
  for (const form of document.querySelectorAll("form[data-confirm]")) {
    form.addEventListener("submit", (event) => {
      if (!window.confirm(form.dataset.confirm)) event.preventDefault();
    });
  }
})();
