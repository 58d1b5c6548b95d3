// Runs the scripts of the pages for Python's tests: a call a line on stdin, its answer a line on
// stdout. { call, args } -> { value } or { error }.

import { createInterface } from "node:readline";
import { piecesOf, unitsApart } from "../../static/js/contiguity.js";
import { figureOf, runningSum, validPapers } from "../../static/js/counting_sums.js";
import { fateOf, keptFields, sameStamp } from "../../static/js/drafts.js";
import * as figures from "../../static/js/figures.js";
import { pastedBlock, renumbered, rowNumber } from "../../static/js/grid_cells.js";
import { Board } from "../../static/js/map_board.js";
import { Check } from "../../static/js/map_check.js";
import { Colours, fillOf } from "../../static/js/map_colours.js";
import { labelRows, widthOf, wrapped } from "../../static/js/map_labels.js";
import { fill, filledLines, wholeNumber } from "../../static/js/text.js";

const entries = (value) => new Map(Object.entries(value));
const byNumber = (value) => new Map(Object.entries(value).map(([key, item]) => [Number(key), item]));

// The form as MapForm reads it, from plain JSON.
function typedOf({ homes, seats, fresh, gone }) {
  return { homes: entries(homes), seats: byNumber(seats), fresh: byNumber(fresh), gone };
}

function boardOf(data, typed) {
  return new Board(data, typed && typedOf(typed));
}

function lineOf(line) {
  return {
    ...line,
    off: line.off && [line.off.over, line.off.under],
    share: line.share && figures.decimal(line.share, 2),
    away: [...line.away],
    text: figures.deviationText(line.off, line.band),
    fill: fillOf("deviation", line),
  };
}

function checked(board) {
  const check = new Check(board);
  return {
    findings: check.findings,
    lines: [...check.lines.values()].map(lineOf),
    largest: check.largest,
    apart: board.order.filter((key) => check.apart(key)),
  };
}

function stateOf(board) {
  return {
    homes: Object.fromEntries(board.order.map((key) => [key, board.home(key)])),
    seats: Object.fromEntries(board.numbers.map((number) => [number, board.seats.get(number)])),
    unsaved: board.unsaved(),
    touched: [...board.stored.keys()].filter((number) => board.touched(number)),
    steps: [board.past.length, board.future.length],
  };
}

// What became of the board after each move, and why a move was refused.
function walked(data, moves) {
  const board = boardOf(data);
  const states = [{ refused: null, ...stateOf(board) }];
  moves.forEach(([act, ...args]) => {
    const refused = board[act](...args) ?? null;
    states.push({ refused, ...stateOf(board) });
  });
  return { states, ...checked(board) };
}

// The colours of the districts before and after the units moved; chosen: those they begin with.
function coloured(data, typed, chosen = {}) {
  const colours = new Colours(data);
  colours.chosen = byNumber(chosen);
  return [boardOf(data), boardOf(data, typed)].map((board) => {
    colours.update(board);
    const numbers = board.numbers.map((number) => [number, colours.of(number)]);
    const beside = [...colours.neighbours(board)].map(([number, near]) => [number, [...near]]);
    return { colours: Object.fromEntries(numbers), beside: Object.fromEntries(beside) };
  });
}

const CALLS = {
  check: (data, typed) => checked(boardOf(data, typed)),
  walk: walked,
  colours: coloured,
  pieces: (members, near) => piecesOf(members, new Map(near.map(([key, keys]) => [key, new Set(keys)]))),
  unitsApart: (pieces, people) => [...unitsApart(pieces, (key) => people[key])],
  decimal: (over, under, places) => figures.decimal(figures.fraction(over, under), places),
  shortDecimal: (over, under) => figures.shortDecimal(figures.fraction(over, under)),
  deviation: (district, area) => {
    const deviation = figures.deviationOf(district, area);
    return deviation && [deviation.over, deviation.under];
  },
  deviationText: (over, under, band) => figures.deviationText(figures.fraction(over, under), band),
  band: (over, under, limits) => figures.bandOf(figures.fraction(over, under), limits),
  fillOf,
  wrapped,
  widthOf,
  labelRows,
  fateOf,
  keptFields,
  sameStamp,
  fill,
  filledLines,
  wholeNumber,
  figureOf,
  validPapers,
  runningSum,
  pastedBlock,
  renumbered,
  rowNumber,
};

// Whole numbers of any size go as text.
const plain = (_name, value) => (typeof value === "bigint" ? String(value) : value);

function answer({ call, args }) {
  try {
    return { value: CALLS[call](...args) ?? null };
  } catch (error) {
    return { error: error.stack };
  }
}

createInterface({ input: process.stdin }).on("line", (line) => {
  process.stdout.write(`${JSON.stringify(answer(JSON.parse(line)), plain)}\n`);
});
