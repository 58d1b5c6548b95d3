// Small helps of the candidates' pages; every page works without them.

import { fill, filledLines } from "./text.js";

// Show the fields of the chosen kind only; a hidden field keeps what was typed.
function follow(form, name, attribute) {
  const radios = form.querySelectorAll(`input[name="${name}"]`);
  const update = () => {
    const chosen = form.querySelector(`input[name="${name}"]:checked`);
    form.querySelectorAll(`[${attribute}]`).forEach((part) => {
      part.hidden = Boolean(chosen) && part.getAttribute(attribute) !== chosen.value;
    });
  };
  radios.forEach((radio) => radio.addEventListener("change", update));
  update();
}

// Count the lines of signatures while they are typed.
function countLines(area) {
  const place = document.getElementById(area.dataset.lines);
  const update = () => {
    const lines = filledLines(area.value);
    place.textContent = fill(place.dataset.text, { n: lines });
    place.hidden = lines === 0;
  };
  area.addEventListener("input", update);
  update();
}

document.querySelectorAll("form[data-nomination]").forEach((form) =>
  follow(form, "kind", "data-kind")
);
document.querySelectorAll("form[data-reduction]").forEach((form) =>
  follow(form, "way", "data-way")
);
document.querySelectorAll("textarea[data-lines]").forEach(countLines);
