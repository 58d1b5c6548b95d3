// A page with work on it that is not stored asks before it is left.

export function askBeforeLeaving(isUnsaved) {
  window.addEventListener("beforeunload", (event) => {
    if (!isUnsaved()) return;
    event.preventDefault();
    event.returnValue = "unsaved"; // what browsers of before 2023 look at
  });
}
