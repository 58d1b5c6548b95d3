// The map as SVG: cells one can reach by mouse and keyboard, borders, ferries, and labels that stay
// readable at every zoom. Classes and presentation attributes only.

import { deviationText } from "./figures.js";
import { fillOf } from "./map_colours.js";
import { figureText, heightOf, labelRows } from "./map_labels.js";
import { svg } from "./nodes.js";
import { fill } from "./text.js";

const LAYERS = ["cells", "edges", "links", "marks", "labels"]; // from the ground up

export class Drawn {
  // still: a picture to look at; its cells are no buttons.
  constructor(frame, data, words, still = false) {
    this.data = data;
    this.words = words;
    this.still = still;
    this.way = "district";
    this.cells = new Map();
    this.svg = svg("svg", {
      class: "map-svg",
      viewBox: `0 0 ${data.width} ${data.height}`,
      role: still ? "img" : "group",
      "aria-label": frame.dataset.label,
      preserveAspectRatio: "xMidYMid meet",
    });
    this.layers = Object.fromEntries(
      LAYERS.map((name) => [name, this.svg.appendChild(svg("g", { class: name }))]),
    );
    this.layers.labels.setAttribute("aria-hidden", "true");
    data.cells.forEach((cell) => this.addCell(cell));
    this.edges = data.edges.map((edge) =>
      this.layers.edges.appendChild(svg("path", { d: edge.path }))
    );
    this.links = data.links.map((link) => this.layers.links.appendChild(lineOf(link)));
    this.ring = this.layers.marks.appendChild(svg("path", { class: "ring" }));
    frame.replaceChildren(this.svg);
  }

  addCell(cell) {
    const title = svg("title");
    const path = svg("path", { d: cell.path });
    const button = this.still ? {} : { role: "button", tabindex: "-1" };
    const group = svg("g", { class: "cell", "data-key": cell.key, ...button }, path, title);
    const label = this.layers.labels.appendChild(svg("text", { "text-anchor": "middle" }));
    this.cells.set(cell.key, { ...cell, group, shape: path, title, label });
    this.layers.cells.append(group);
  }

  // What a cell says when it is read out or pointed at.
  description(key, board, check) {
    const unit = board.units.get(key);
    const people = unit.people === null
      ? this.words.unknown
      : fill(this.words.people, { n: unit.people.toLocaleString("en") });
    const place = this.placeOf(board.home(key), check);
    const stored = board.changed(key) ? fill(this.words.stored, { n: unit.district ?? "—" }) : "";
    return `${unit.label} · ${people} · ${place}${stored}`;
  }

  placeOf(home, check) {
    if (home === null) return this.words.none;
    const line = check.lines.get(home);
    return [
      fill(this.words.district, { n: home }),
      fill(this.words.seats, { n: line.seats }),
      deviationText(line.off, line.band),
    ].join(" · ");
  }

  refresh(board, check, colours, chosen) {
    colours.update(board);
    this.cells.forEach((cell, key) => {
      const line = check.lines.get(board.home(key));
      cell.shape.setAttribute("class", fillOf(this.way, line, colours, this.data.most_seats));
      this.describe(cell, this.description(key, board, check), chosen.has(key));
    });
    this.edges.forEach((path, place) =>
      path.setAttribute("class", edgeClass(this.data.edges[place], board))
    );
    this.links.forEach((line, place) =>
      line.setAttribute("class", linkClass(this.data.links[place], board))
    );
    this.frame(chosen);
    this.write(board, check);
  }

  describe(cell, text, pressed) {
    if (!this.still) {
      cell.group.setAttribute("aria-label", text);
      cell.group.setAttribute("aria-pressed", String(pressed));
    }
    if (cell.title.textContent !== text) cell.title.textContent = text;
  }

  frame(chosen) {
    const { marks } = this.layers;
    marks.querySelectorAll(".chosen").forEach((old) => old.remove());
    chosen.forEach((key) =>
      marks.prepend(svg("path", { class: "chosen", d: this.cells.get(key).path }))
    );
  }

  get scale() {
    const box = this.svg.getBoundingClientRect();
    const view = this.svg.viewBox.baseVal;
    return Math.min(box.width / view.width, box.height / view.height) || 1;
  }

  // Labels have the same size on the screen at every zoom; what has no room is left out.
  write(board, check) {
    const { scale } = this;
    this.cells.forEach((cell, key) => {
      const home = board.home(key);
      const marks = `${check.apart(key) ? "!" : ""}${board.changed(key) ? "*" : ""}`;
      const label = {
        number: `${home ?? "—"}${marks}`,
        name: board.units.get(key).name,
        figure: figureText(this.way, check.lines.get(home), this.words),
      };
      lay(cell, labelRows(label, { width: cell.w * scale, height: cell.h * scale }), scale);
    });
  }

  focusOn(key) {
    this.cells.forEach((cell) => cell.group.setAttribute("tabindex", "-1"));
    const cell = this.cells.get(key);
    if (cell) cell.group.setAttribute("tabindex", "0");
    return cell;
  }

  showRing(key) {
    if (key) this.ring.setAttribute("d", this.cells.get(key).path);
    else this.ring.removeAttribute("d");
  }
}

function lineOf(link) {
  const [x1, y1, x2, y2] = link.line;
  return svg("line", { x1, y1, x2, y2 });
}

function edgeClass(edge, board) {
  if (edge.b === null) return "coast";
  const differ = board.home(edge.a) !== board.home(edge.b);
  return `${differ ? "border" : "inner"}${edge.near === false ? " closed" : ""}`;
}

function linkClass(link, board) {
  const home = board.home(link.a);
  const within = home !== null && home === board.home(link.b) ? " within" : "";
  return `${link.ferry ? "ferry" : "land"}${within}`;
}

function lay(cell, rows, scale) {
  const seen = JSON.stringify([rows, scale]);
  if (cell.seen === seen) return; // most labels stay as they are while one unit moves
  cell.seen = seen;
  let y = cell.y - heightOf(rows) / 2 / scale;
  cell.label.replaceChildren(...rows.map((row) => {
    y += (row.size + 1) / scale;
    const span = svg("tspan", {
      x: cell.x,
      y: y.toFixed(2),
      "font-size": (row.size / scale).toFixed(2),
      class: row.bold ? "number" : "name",
    }, row.text);
    y += 1 / scale;
    return span;
  }));
}
