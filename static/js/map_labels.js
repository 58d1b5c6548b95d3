// What stands on a cell of the map, in as many lines as it has room for.

import { deviationText } from "./figures.js";
import { fill } from "./text.js";

// pixels on the screen, whatever the zoom
const NUMBER_SIZE = 16;
const SMALL_NUMBER_SIZE = 11;
const FIGURE_SIZE = 11.5;
const FIGURE_ROW = 13;
const NAME_SIZE = 12.5;
const MARGIN = 4;
const GAP = 2; // under each row
const NARROW = 16;
const MOST_NAME_LINES = 2;
const FIRST_CJK = 0x2e80; // letters from here on are as wide as they are high
const LATIN_WIDTH = 0.56;

export function widthOf(text, size) {
  const widths = [...text].map((
    letter,
  ) => (letter.charCodeAt(0) > FIRST_CJK ? size : size * LATIN_WIDTH));
  return widths.reduce((sum, width) => sum + width, 0);
}

// The name in at most `most` lines of this width; the end is cut where it has no room.
export function wrapped(name, width, size, most) {
  if (width < size * 2 || most < 1) return [];
  const lines = [""];
  for (const letter of name) {
    const last = lines.length - 1;
    if (widthOf(lines[last] + letter, size) <= width) lines[last] += letter;
    else if (lines.length < most) lines.push(letter.trim());
    else return cut(lines);
  }
  return lines;
}

// The last line ends with a mark of what is missing; alone it needs two letters to be of use.
function cut(lines) {
  const before = lines.slice(0, -1);
  const last = [...lines[lines.length - 1]].slice(0, -1).join("");
  return before.length || last.length > 1 ? [...before, `${last}…`] : [];
}

// The figure of a district a map of this colouring shows on its cells.
export function figureText(way, line, words) {
  if (!line || way === "district") return "";
  if (way === "deviation") return deviationText(line.off, line.band);
  return fill(words.seats, { n: line.seats });
}

// The rows of a label, from above: { text, size, bold }. room: { width, height } on the screen.
export function labelRows({ number, name, figure }, room) {
  const [width, height] = [room.width - MARGIN, room.height - GAP];
  const small = height < NUMBER_SIZE + GAP || width < NARROW;
  const rows = [{ text: number, size: small ? SMALL_NUMBER_SIZE : NUMBER_SIZE, bold: true }];
  let left = height - NUMBER_SIZE;
  if (figure && widthOf(figure, FIGURE_SIZE) <= width && left >= FIGURE_ROW) {
    rows.push({ text: figure, size: FIGURE_SIZE });
    left -= FIGURE_ROW;
  }
  const most = Math.min(MOST_NAME_LINES, Math.floor(left / (NAME_SIZE + GAP)));
  const names = wrapped(name, width, NAME_SIZE, most).map((text) => ({ text, size: NAME_SIZE }));
  return [rows[0], ...names, ...rows.slice(1)];
}

// How high the rows stand on the screen, gaps and all.
export function heightOf(rows) {
  return rows.reduce((sum, row) => sum + row.size + GAP, 0);
}
