// The form beside the map: what was typed is read from it, what is drawn is written into it, so
// that the map saves what the table would save.
"use strict";

function whole(input) {
  const text = input ? input.value.normalize("NFKC").trim() : "";
  return /^\d+$/.test(text) ? Number(text) : null;
}

export class MapForm {
  constructor(form) {
    this.form = form;
    this.bricks = new Map([...form.querySelectorAll("tr[data-brick]")].map((row) => [row.dataset.brick, row.querySelector("[data-column=number]")]));
    this.fresh = form.querySelector("[data-fresh-rows]");
  }

  get rows() { return [...this.form.querySelectorAll("tr[data-district]")]; }
  seatsOf(row) { return row.querySelector("[data-column=seats]"); }
  removeOf(row) { return row.querySelector("[data-remove]"); }

  read() {
    const stored = this.rows.filter((row) => this.removeOf(row));
    const fresh = [...this.fresh.querySelectorAll("[data-fresh]")].map((row) => [...row.querySelectorAll("input")].map(whole));
    return {
      homes: new Map([...this.bricks].map(([key, input]) => [key, whole(input) || null])),
      seats: new Map(stored.map((row) => [Number(row.dataset.district), whole(this.seatsOf(row)) ?? 0])),
      gone: stored.filter((row) => this.removeOf(row).checked).map((row) => Number(row.dataset.district)),
      fresh: new Map(fresh.map(([number, seats]) => [number, seats ?? 0])),
    };
  }

  // Inputs somebody is typing in are left alone.
  write(board) {
    this.bricks.forEach((input, key) => this.put(input, board.home(key) ?? ""));
    this.rows.forEach((row) => {
      const number = Number(row.dataset.district);
      const seats = this.seatsOf(row);
      if (seats && board.seats.has(number)) this.put(seats, board.seats.get(number));
      const remove = this.removeOf(row);
      if (remove) remove.checked = board.gone.has(number);
    });
    const made = board.numbers.filter((number) => !board.stored.has(number));
    this.fresh.replaceChildren(...made.flatMap((number, place) => [
      this.hidden(`fresh-${place}-number`, number), this.hidden(`fresh-${place}-seats`, board.seats.get(number)),
    ]));
  }

  put(input, value) {
    if (input !== document.activeElement && input.value !== String(value)) input.value = value;
  }

  hidden(name, value) {
    const input = document.createElement("input");
    [input.type, input.name, input.value] = ["hidden", name, value];
    return input;
  }

  // What is typed in the table is a step like any other; `said` tells a refusal.
  listen(board, said) {
    this.form.addEventListener("keydown", (event) => {
      if (event.key !== "Enter" || event.isComposing || !event.target.dataset.column) return;
      event.preventDefault(); // it takes over what is typed; saved is by the button
      event.target.blur();
    });
    this.form.addEventListener("change", (event) => {
      const typed = event.target.dataset.column && event.target.value.trim() !== "" && whole(event.target) === null;
      const brick = event.target.closest("tr[data-brick]");
      const district = event.target.closest("tr[data-district]");
      if (typed) said(null); // no number: what was there comes back
      else if (brick && event.target.dataset.column === "number") said(board.place([brick.dataset.brick], whole(event.target) || null));
      else if (district && event.target.dataset.column === "seats") said(board.giveSeats(Number(district.dataset.district), whole(event.target) ?? 0));
      else if (district && event.target.dataset.remove !== undefined) said(board.remove(Number(district.dataset.district), event.target.checked));
      else return;
      event.target.blur();
      this.write(board);
    });
  }
}
