// People, people per deputy and deviation of each district while a draft is edited. Only a view of
// what is typed: the server computes exactly and decides.
"use strict";

(() => {
  const form = document.querySelector("form[data-board]");
  if (!form) return;
  const seats = Number(form.dataset.seats);
  const known = form.dataset.total !== "";
  const warn = share(form.dataset.warn);
  const alert = share(form.dataset.alert);
  const bricks = [...form.querySelectorAll("tr[data-brick]")];
  const districts = [...form.querySelectorAll("tr[data-district]")];
  const figures = document.querySelector("[data-figures]");
  const note = form.querySelector("[data-note]");
  const unsaved = form.querySelector("[data-unsaved]");

  function share(text) {
    const [num, den] = text.split("/").map(Number);
    return { num, den: den || 1 };
  }

  function whole(input) {
    return input && /^\d+$/.test(input.value.trim()) ? Number(input.value.trim()) : null;
  }

  function field(row, column) {
    return row.querySelector(`[data-column="${column}"]`);
  }

  function peopleOf(row) {
    const typed = field(row, "people");
    if (typed) return whole(typed);
    return row.dataset.people === "" ? null : Number(row.dataset.people);
  }

  // Exact in whole numbers, like the server: |people x all seats - seats x all people|.
  function beyond(off, own, total, limit) {
    return off * limit.den > limit.num * own * total;
  }

  function draw(row, mine, total) {
    const own = whole(field(row, "seats"));
    const counts = mine.map(peopleOf);
    const people = counts.includes(null) ? null : counts.reduce((a, b) => a + b, 0);
    row.querySelector("[data-people-of]").textContent = people === null ? "—" : people.toLocaleString("en");
    row.querySelector("[data-per-seat]").textContent = people === null || !own ? "—" : (people / own).toFixed(1);
    row.querySelector("[data-units]").textContent = mine.map((one) => one.cells[1].textContent.trim().replace(/\s+/g, " ")).join("、");
    const cell = row.querySelector("[data-off]");
    const mark = document.createElement("span");
    let off = null;
    if (total && people !== null && own && mine.length) {
      off = people * seats / (own * total) - 1;
      const gap = Math.abs(people * seats - own * total);
      const band = beyond(gap, own, total, alert) ? "alert" : beyond(gap, own, total, warn) ? "warn" : "ok";
      const tail = { alert: " ▲▲", warn: " ▲", ok: "" }[band];
      mark.className = `band band-${band}`;
      const shown = (Math.abs(off) * 100).toFixed(1);
      mark.textContent = `${Number(shown) === 0 ? "" : off < 0 ? "-" : "+"}${shown}%${tail}`; // nothing has no sign
    } else {
      mark.className = "band band-unknown";
      mark.textContent = "—";
    }
    cell.replaceChildren(mark);
    return { seats: own || 0, off };
  }

  function refresh() {
    const counts = bricks.map(peopleOf);
    const total = known && !counts.includes(null) ? counts.reduce((a, b) => a + b, 0) : null;
    const homes = new Map();
    bricks.forEach((row) => {
      const number = whole(field(row, "number"));
      if (number) homes.set(number, [...(homes.get(number) || []), row]);
    });
    const numbers = districts.map((row) => Number(row.dataset.district));
    const lines = districts.map((row) => draw(row, homes.get(Number(row.dataset.district)) || [], total));
    const offs = lines.map((line) => line.off).filter((off) => off !== null).map(Math.abs);
    figures.querySelector("[data-sum-seats]").textContent = lines.reduce((sum, line) => sum + line.seats, 0);
    figures.querySelector("[data-placed]").textContent = [...homes.values()].reduce((sum, rows) => sum + rows.length, 0);
    figures.querySelector("[data-largest]").textContent = offs.length ? `${(Math.max(...offs) * 100).toFixed(1)}%` : "—";
    const fresh = [...homes.keys()].filter((number) => !numbers.includes(number)).sort((a, b) => a - b);
    note.hidden = !fresh.length;
    note.textContent = fresh.length ? `${form.dataset.newText} ${fresh.join("、")}` : "";
  }

  // Saving goes on at once; every other way off the page asks first.
  function guard(event) {
    event.preventDefault();
    event.returnValue = "unsaved"; // what browsers of before 2023 look at
  }

  refresh(); // a page that came back with faults holds more than what is stored
  function typed() {
    unsaved.hidden = false;
    unsaved.textContent = form.dataset.unsavedText;
    window.addEventListener("beforeunload", guard);
  }

  const leave = () => window.removeEventListener("beforeunload", guard);
  if (form.dataset.typed !== undefined) typed();
  form.addEventListener("input", () => { refresh(); typed(); });
  form.addEventListener("submit", leave);
  form.querySelector("[data-discard]").addEventListener("click", leave);
})();
