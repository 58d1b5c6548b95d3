// How far a calculation is, asked for once a second; when it has ended the page is loaded anew.
"use strict";

(() => {
  const box = document.querySelector("[data-job]");
  if (!box || !box.dataset.job) return;
  const bar = box.querySelector("progress");
  const places = [...box.querySelectorAll("[data-text]")];
  let state = null;
  let wait = 1000;

  function say(place, text) {
    if (place.textContent !== text) place.textContent = text; // a screen reader hears changes only
  }

  function show(told) {
    for (const place of places) say(place, told.texts[place.dataset.text]);
    if (bar) bar.value = told.seconds;
    if (told.ended || (state !== null && state !== told.state)) window.location.reload();
    state = told.state;
    wait = 1000;
  }

  function lost() {
    say(places.find((place) => place.dataset.text === "sentence"), box.dataset.lost);
    wait = Math.min(wait * 2, 8000);
  }

  async function look() {
    try {
      const answer = await fetch(box.dataset.job, { headers: { Accept: "application/json" } });
      const json = (answer.headers.get("Content-Type") || "").startsWith("application/json");
      if (!answer.ok || !json) throw new Error(String(answer.status));
      show(await answer.json());
    } catch {
      lost();
    }
    window.setTimeout(look, wait);
  }

  window.setTimeout(look, wait);
})();
