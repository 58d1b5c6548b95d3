// The check list of a draft while it is drawn: the sentences of the server, filled with exact
// figures. Whole numbers only, so that what stands exactly at a limit is within it, as the law has it.
"use strict";

const MOST_SEATS = 3;

// A value a/b >= 0 for reading, to one decimal, halves up; whole numbers without a decimal.
export function decimal(a, b) {
  const tenths = (BigInt(a) * 20n + BigInt(b)) / (2n * BigInt(b));
  const [whole, rest] = [tenths / 10n, tenths % 10n];
  return rest ? `${whole}.${rest}` : `${whole}`;
}

function abs(value) { return value < 0n ? -value : value; }

export class Check {
  constructor(board) {
    this.board = board;
    this.data = board.data;
    const counts = board.order.map((key) => board.units.get(key).people);
    this.known = !counts.includes(null);
    this.people = this.known ? counts.reduce((sum, count) => sum + count, 0) : null;
    const members = new Map(board.numbers.map((number) => [number, []]));
    board.order.forEach((key) => { const home = board.home(key); if (home !== null) members.get(home).push(key); });
    this.lines = new Map([...members].map(([number, keys]) => [number, this.line(number, keys)]));
    const other = this.data.other.map((one) => ({ ...one, stored: true })); // not judged here
    const found = [...other, ...this.errors(), ...this.warnings()];
    this.findings = [...found.filter((one) => one.severity === "error"), ...found.filter((one) => one.severity !== "error")];
  }

  // Figures of one district; off is the deviation as an exact fraction [over, under].
  line(number, members) {
    const seats = this.board.seats.get(number);
    const people = this.board.people(members);
    const countable = this.people > 0 && this.board.total > 0;
    const off = countable && people !== null && seats && members.length
      ? [BigInt(people) * BigInt(this.board.total) - BigInt(seats) * BigInt(this.people), BigInt(seats) * BigInt(this.people)]
      : null;
    const pieces = this.pieces(members);
    const share = countable && people !== null ? people * this.board.total / this.people : null;
    return { number, members, seats, people, off, band: this.band(off), share, pieces, away: this.away(pieces) };
  }

  band(off) {
    if (!off) return "unknown";
    const beyond = ([num, den]) => abs(off[0]) * BigInt(den) > BigInt(num) * off[1];
    return beyond(this.data.alert) ? "alert" : beyond(this.data.warn) ? "warn" : "ok";
  }

  pieces(members) {
    if (!members.every((key) => this.board.near.get(key).size)) return null; // not known, not judged
    const left = new Set(members);
    const pieces = [];
    for (const start of members) {
      if (!left.has(start)) continue;
      const piece = new Set();
      const border = [start];
      while (border.length) {
        const key = border.pop();
        if (!left.delete(key)) continue;
        piece.add(key);
        border.push(...[...this.board.near.get(key)].filter((other) => left.has(other)));
      }
      pieces.push(members.filter((key) => piece.has(key)));
    }
    return pieces;
  }

  // The units that hang apart from where most people of their district are.
  away(pieces) {
    if (!pieces || pieces.length < 2) return new Set();
    const people = (piece) => piece.reduce((sum, one) => sum + (this.board.units.get(one).people || 0), 0);
    const main = pieces.reduce((best, piece) => (people(piece) > people(best) ? piece : best));
    return new Set(pieces.filter((piece) => piece !== main).flat());
  }

  apart(key) {
    const line = this.lines.get(this.board.home(key));
    return Boolean(line && line.away.has(key));
  }

  finding(code, facts, at) {
    const { cause, remedy, article, severity } = this.data.sentences[code];
    const fill = (text) => text.replace(/\{(\w+)\}/g, (whole, name) => (name in facts ? facts[name] : whole));
    return { code, cause: fill(cause), remedy: fill(remedy), article, severity, ...at };
  }

  label(key) { return this.board.units.get(key).label; }

  errors() {
    const { board } = this;
    const lines = [...this.lines.values()];
    const found = [];
    lines.filter((one) => one.seats < 1 || one.seats > MOST_SEATS).forEach((one) =>
      found.push(this.finding("E.201", { district: one.number, seats: one.seats }, { district: one.number })));
    const sum = lines.reduce((all, one) => all + one.seats, 0);
    if (sum !== board.total) found.push(this.finding("E.202", { sum, seats: board.total }, {}));
    lines.filter((one) => !one.members.length).forEach((one) =>
      found.push(this.finding("E.205", { district: one.number }, { district: one.number })));
    board.order.filter((key) => board.home(key) === null).forEach((key) => {
      const unit = board.units.get(key);
      found.push(unit.part
        ? this.finding("E.242", { unit: unit.whole, part: unit.part }, { unit: key })
        : this.finding("E.203", { unit: unit.label }, { unit: key }));
    });
    return found;
  }

  warnings() {
    const { board } = this;
    const lines = [...this.lines.values()];
    const unknown = board.order.filter((key) => board.units.get(key).people === null);
    return [
      ...unknown.map((key) => this.finding("W.213", { unit: this.label(key) }, { unit: key })),
      ...lines.filter((one) => ["warn", "alert"].includes(one.band)).map((one) => this.uneven(one)),
      ...lines.filter((one) => one.pieces && one.pieces.length > 1).map((one) => this.finding("W.212", {
        district: one.number,
        parts: one.pieces.length,
        pieces: one.pieces.map((piece) => piece.map((key) => this.label(key)).join(", ")).join("; "),
      }, { district: one.number })),
    ];
  }

  uneven(one) {
    const limit = this.data[one.band];
    return this.finding(one.band === "alert" ? "W.211" : "W.210", {
      district: one.number,
      population: one.people,
      seats: one.seats,
      per_seat: decimal(one.people, one.seats),
      average: decimal(this.people, this.board.total),
      deviation: `${one.off[0] > 0n ? "+" : "-"}${decimal(abs(one.off[0]) * 100n, one.off[1])}%`,
      limit: `${decimal(limit[0] * 100, limit[1])}%`,
    }, { district: one.number });
  }

  get largest() {
    const offs = [...this.lines.values()].filter((one) => one.off).map((one) => Math.abs(Number(one.off[0]) / Number(one.off[1])));
    return offs.length ? Math.max(...offs) : null;
  }
}

// +4.2% with the mark of its band, as the tables have it.
export function deviation(line) {
  if (!line || !line.off) return "—";
  const value = Number(line.off[0]) / Number(line.off[1]);
  const tail = { alert: " ▲▲", warn: " ▲" }[line.band] || "";
  const shown = (Math.abs(value) * 100).toFixed(1);
  return `${Number(shown) === 0 ? "" : value < 0 ? "-" : "+"}${shown}%${tail}`; // what rounds to nothing has no sign
}
