// Two plans as two pictures: districts that answer each other have one colour, moved units a frame.
"use strict";

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
  const chosen = new Set(data.units.filter((unit) => moved.has(unit.unit)).map((unit) => unit.key));
  drawn.refresh(board, check, colours, chosen);
  new ResizeObserver(() => drawn.write(board, check)).observe(drawn.svg);
}

async function start() {
  const frames = [...both.querySelectorAll("[data-frame]")];
  const [one, other] = await Promise.all(frames.map(async (frame) => (await fetch(frame.dataset.map)).json()));
  if (!one.cells.length) return;
  const colours = [new Colours(one), new Colours(other)];
  picture(frames[0], one, colours[0]);
  answers.forEach(([a, b]) => colours[1].given.set(b, colours[0].given.get(a)));
  picture(frames[1], other, colours[1]);
  both.hidden = false;
  window.dispatchEvent(new Event("resize"));
}

start();
