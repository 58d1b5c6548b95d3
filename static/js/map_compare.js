// Two plans as two pictures: districts that answer each other have one colour, moved units a frame.

import { Board } from "./map_board.js";
import { Check } from "./map_check.js";
import { Colours } from "./map_colours.js";
import { Drawn } from "./map_draw.js";

const both = document.querySelector("[data-two-maps]");
const words = JSON.parse(both.dataset.words);
const answers = JSON.parse(both.dataset.answers); // numbers of the first and the second plan
const moved = new Set(JSON.parse(both.dataset.moved));

function picture(frame, data, colours) {
  const board = new Board(data);
  const check = new Check(board);
  const drawn = new Drawn(frame, data, words, true);
  const movedUnits = data.units.filter((unit) => moved.has(unit.unit));
  drawn.refresh(board, check, colours, new Set(movedUnits.map((unit) => unit.key)));
  new ResizeObserver(() => drawn.write(board, check)).observe(drawn.svg);
}

async function fetched(frame) {
  const response = await fetch(frame.dataset.map);
  return response.json();
}

async function start() {
  const frames = [...both.querySelectorAll("[data-frame]")];
  const [first, second] = await Promise.all(frames.map(fetched));
  if (!first.cells.length) return;
  const [firstColours, secondColours] = [new Colours(first), new Colours(second)];
  picture(frames[0], first, firstColours);
  answers.forEach(([number, other]) =>
    secondColours.chosen.set(other, firstColours.chosen.get(number))
  );
  picture(frames[1], second, secondColours);
  both.hidden = false;
  window.dispatchEvent(new Event("resize"));
}

start();
