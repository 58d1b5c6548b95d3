// The form beside the map: what was typed is read from it, what is drawn is written into it, so
// that the map saves what the table would save.

import { html } from "./nodes.js";
import { wholeNumber } from "./text.js";

function valueOf(input) {
  return input ? wholeNumber(input.value) : null;
}

export class MapForm {
  constructor(form) {
    this.form = form;
    this.bricks = new Map([...form.querySelectorAll("tr[data-brick]")].map(
      (row) => [row.dataset.brick, row.querySelector("[data-column=number]")],
    ));
    this.fresh = form.querySelector("[data-fresh-rows]");
  }

  get rows() {
    return [...this.form.querySelectorAll("tr[data-district]")];
  }

  read() {
    const stored = this.rows.filter(removeOf);
    const removed = stored.filter((row) => removeOf(row).checked);
    const fresh = [...this.fresh.querySelectorAll("[data-fresh]")].map(
      (row) => [...row.querySelectorAll("input")].map(valueOf),
    );
    return {
      homes: new Map([...this.bricks].map(([key, input]) => [key, valueOf(input) || null])),
      seats: new Map(stored.map((row) => [numberOf(row), valueOf(seatsOf(row)) ?? 0])),
      gone: removed.map(numberOf),
      fresh: new Map(fresh.map(([number, seats]) => [number, seats ?? 0])),
    };
  }

  // Inputs somebody is typing in are left alone.
  write(board) {
    this.bricks.forEach((input, key) => put(input, board.home(key) ?? ""));
    this.rows.forEach((row) => {
      const number = numberOf(row);
      const seats = seatsOf(row);
      if (seats && board.seats.has(number)) put(seats, board.seats.get(number));
      const remove = removeOf(row);
      if (remove) remove.checked = board.gone.has(number);
    });
    const unstored = board.numbers.filter((number) => !board.stored.has(number));
    this.fresh.replaceChildren(...unstored.flatMap((number, place) => [
      hidden(`fresh-${place}-number`, number),
      hidden(`fresh-${place}-seats`, board.seats.get(number)),
    ]));
  }

  // What is typed in the table is a step like any other; `answer` is told a refusal, or nothing.
  listen(board, answer) {
    this.form.addEventListener("keydown", (event) => {
      if (event.key !== "Enter" || event.isComposing || !event.target.dataset.column) return;
      event.preventDefault(); // it takes over what is typed; saved is by the button
      event.target.blur();
    });
    this.form.addEventListener("change", (event) => {
      const step = stepOf(event.target, board);
      if (!step) return;
      answer(step());
      event.target.blur();
      this.write(board);
    });
  }
}

function numberOf(row) {
  return Number(row.dataset.district);
}

function seatsOf(row) {
  return row.querySelector("[data-column=seats]");
}

function removeOf(row) {
  return row.querySelector("[data-remove]");
}

function put(input, value) {
  if (input !== document.activeElement && input.value !== String(value)) input.value = value;
}

function hidden(name, value) {
  return html("input", { type: "hidden", name, value });
}

// What a changed input does to the board; null where it is none of the draft.
function stepOf(input, board) {
  const { column, remove } = input.dataset;
  const typed = valueOf(input);
  const unreadable = column && typed === null && input.value.trim() !== "";
  if (unreadable) return () => null; // what was there comes back
  const brick = input.closest("tr[data-brick]");
  if (brick && column === "number") return () => board.place([brick.dataset.brick], typed || null);
  const row = input.closest("tr[data-district]");
  if (row && column === "seats") return () => board.giveSeats(numberOf(row), typed ?? 0);
  if (row && remove !== undefined) return () => board.remove(numberOf(row), input.checked);
  return null;
}
