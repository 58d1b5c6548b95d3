// The map as SVG: cells one can reach by mouse and keyboard, borders, ferries, and labels that stay
// readable at every zoom. Classes and presentation attributes only.
"use strict";

import { deviation } from "./map_check.js";
import { fillOf } from "./map_colours.js";

const SVG = "http://www.w3.org/2000/svg";
const NUMBER_SIZE = 16; // pixels on the screen, whatever the zoom
const NAME_SIZE = 12.5;

export function element(name, attributes = {}, ...children) {
  const made = document.createElementNS(SVG, name);
  Object.entries(attributes).forEach(([key, value]) => made.setAttribute(key, value));
  made.append(...children);
  return made;
}

export function fill(text, facts) {
  return text.replace(/\{(\w+)\}/g, (whole, name) => (name in facts ? facts[name] : whole));
}

function widthOf(text, size) {
  return [...text].reduce((sum, letter) => sum + (letter.charCodeAt(0) > 0x2e80 ? size : size * 0.56), 0);
}

// The name in at most `most` lines of this width; the end is cut where it has no room.
function wrapped(name, width, size, most) {
  if (width < size * 2 || most < 1) return [];
  const lines = [""];
  for (const letter of name) {
    if (widthOf(lines[lines.length - 1] + letter, size) <= width) lines[lines.length - 1] += letter;
    else if (lines.length < most) lines.push(letter.trim());
    else {
      const last = [...lines.pop()].slice(0, -1).join("");
      return lines.length || last.length > 1 ? [...lines, `${last}…`] : [];
    }
  }
  return lines;
}

export class Drawn {
  // still: a picture to look at; its cells are no buttons.
  constructor(frame, data, words, still = false) {
    this.data = data;
    this.words = words;
    this.still = still;
    this.way = "district";
    this.cells = new Map();
    this.svg = element("svg", {
      class: "map-svg", viewBox: `0 0 ${data.width} ${data.height}`, role: "group",
      "aria-label": frame.dataset.label, preserveAspectRatio: "xMidYMid meet",
      ...(still && { role: "img" }),
    });
    const layer = (name) => this.svg.appendChild(element("g", { class: name }));
    [this.ground, this.lines, this.links, this.marks, this.labels] = ["cells", "edges", "links", "marks", "labels"].map(layer);
    this.labels.setAttribute("aria-hidden", "true");
    data.cells.forEach((cell) => this.addCell(cell));
    this.edges = data.edges.map((edge) => this.lines.appendChild(element("path", { d: edge.path })));
    this.joins = data.links.map((link) => this.links.appendChild(this.join(link)));
    this.ring = this.marks.appendChild(element("path", { class: "ring" }));
    frame.replaceChildren(this.svg);
  }

  addCell(cell) {
    const title = element("title");
    const path = element("path", { d: cell.path });
    const button = this.still ? {} : { role: "button", tabindex: "-1" };
    const group = element("g", { class: "cell", "data-key": cell.key, ...button }, path, title);
    const label = this.labels.appendChild(element("text", { "text-anchor": "middle" }));
    this.cells.set(cell.key, { ...cell, group, shape: path, title, label });
    this.ground.append(group);
  }

  join(link) {
    const [x1, y1, x2, y2] = link.line;
    return element("line", { x1, y1, x2, y2 });
  }

  linkClass(link, board) {
    const home = board.home(link.a);
    const within = home !== null && home === board.home(link.b) ? " within" : "";
    return `${link.ferry ? "ferry" : "land"}${within}`;
  }

  // What a cell says when it is read out or pointed at.
  tell(key, board, check) {
    const unit = board.units.get(key);
    const home = board.home(key);
    const line = check.lines.get(home);
    const people = unit.people === null ? this.words.unknown : fill(this.words.people, { n: unit.people.toLocaleString("en") });
    const where = home === null ? this.words.none
      : [fill(this.words.district, { n: home }), fill(this.words.seats, { n: line.seats }), deviation(line)].join(" · ");
    const stored = board.changed(key) ? fill(this.words.stored, { n: unit.district ?? "—" }) : "";
    return `${unit.label} · ${people} · ${where}${stored}`;
  }

  refresh(board, check, colours, chosen) {
    colours.update(board);
    this.cells.forEach((cell, key) => {
      const line = check.lines.get(board.home(key));
      const said = this.tell(key, board, check);
      cell.shape.setAttribute("class", fillOf(this.way, line, colours));
      if (!this.still) {
        cell.group.setAttribute("aria-label", said);
        cell.group.setAttribute("aria-pressed", String(chosen.has(key)));
      }
      if (cell.title.textContent !== said) cell.title.textContent = said;
    });
    this.edges.forEach((path, place) => path.setAttribute("class", this.edgeClass(this.data.edges[place], board)));
    this.joins.forEach((line, place) => line.setAttribute("class", this.linkClass(this.data.links[place], board)));
    this.marks.querySelectorAll(".chosen").forEach((old) => old.remove());
    chosen.forEach((key) => this.marks.prepend(element("path", { class: "chosen", d: this.cells.get(key).path })));
    this.write(board, check);
  }

  edgeClass(edge, board) {
    if (edge.b === null) return "coast";
    const differ = board.home(edge.a) !== board.home(edge.b);
    return `${differ ? "border" : "inner"}${edge.near === false ? " closed" : ""}`;
  }

  get scale() {
    const box = this.svg.getBoundingClientRect();
    const view = this.svg.viewBox.baseVal;
    return Math.min(box.width / view.width, box.height / view.height) || 1;
  }

  // Labels have the same size on the screen at every zoom; what has no room is left out.
  write(board, check) {
    const scale = this.scale;
    this.cells.forEach((cell, key) => {
      const home = board.home(key);
      const line = check.lines.get(home);
      const [width, height] = [cell.w * scale - 4, cell.h * scale - 2];
      const extra = this.extra(line);
      const small = height < NUMBER_SIZE + 2 || width < 16;
      const rows = [{ text: `${home ?? "—"}${check.apart(key) ? "!" : ""}${board.changed(key) ? "*" : ""}`, size: small ? 11 : NUMBER_SIZE, bold: true }];
      let left = height - NUMBER_SIZE;
      if (extra && widthOf(extra, 11.5) <= width && left >= 13) {
        rows.push({ text: extra, size: 11.5 });
        left -= 13;
      }
      const lines = Math.min(2, Math.floor(left / (NAME_SIZE + 2)));
      wrapped(board.units.get(key).name, width, NAME_SIZE, lines).forEach((text, n) => rows.splice(1 + n, 0, { text, size: NAME_SIZE }));
      this.lay(cell, rows, scale);
    });
  }

  extra(line) {
    if (!line || this.way === "district") return "";
    return this.way === "deviation" ? deviation(line) : fill(this.words.seats, { n: line.seats });
  }

  lay(cell, rows, scale) {
    const sign = JSON.stringify([rows, scale]);
    if (cell.sign === sign) return; // most labels stay as they are while one unit moves
    cell.sign = sign;
    const high = rows.reduce((sum, row) => sum + row.size + 2, 0);
    let y = cell.y - high / 2 / scale;
    cell.label.replaceChildren(...rows.map((row) => {
      y += (row.size + 1) / scale;
      const made = element("tspan", { x: cell.x, y: y.toFixed(2), "font-size": (row.size / scale).toFixed(2), class: row.bold ? "number" : "name" });
      made.textContent = row.text;
      y += 1 / scale;
      return made;
    }));
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
