// The check list of a draft while it is drawn: the sentences of the server, filled with exact
// figures. What the server alone can judge stands in data.other and is passed on as it is stored.

import { pairsOf, piecesOf, unitsApart } from "./contiguity.js";
import {
  bandOf,
  deviationOf,
  fraction,
  hundredfold,
  largestText,
  magnitude,
  shortDecimal,
} from "./figures.js";
import { fill } from "./text.js";

const ERROR = "error";

export class Check {
  constructor(board) {
    this.board = board;
    this.data = board.data;
    this.people = board.people(board.order);
    this.lines = new Map(
      [...board.districts].map(([number, members]) => [number, this.line(number, members)]),
    );
    const findings = [...this.stored(), ...this.errors(), ...this.warnings()];
    this.findings = [
      ...findings.filter((finding) => finding.severity === ERROR),
      ...findings.filter((finding) => finding.severity !== ERROR),
    ];
  }

  stored() {
    return this.data.other.map((finding) => ({ ...finding, stored: true }));
  }

  // Figures of one district. off: the deviation, share: the seats its people deserve, both as exact
  // fractions or null; pieces: what hangs together, away: what hangs apart from most people;
  // pairs: of neighbours, inside and cut.
  line(number, members) {
    const { board } = this;
    const seats = board.seats.get(number);
    const people = board.people(members);
    const area = { people: this.people, seats: board.total };
    const off = deviationOf({ people, seats, units: members.length }, area);
    const countable = area.people > 0 && area.seats > 0 && people !== null;
    const share = countable ? fraction(people * area.seats, area.people) : null;
    const pieces = piecesOf(members, board.near);
    const away = unitsApart(pieces, (key) => board.units.get(key).people);
    return {
      number,
      members,
      seats,
      people,
      off,
      band: bandOf(off, this.data),
      share,
      pieces,
      away,
      pairs: pairsOf(members, board.near),
    };
  }

  apart(key) {
    return Boolean(this.lines.get(this.board.home(key))?.away.has(key));
  }

  finding(code, facts, where = {}) {
    const { cause, remedy, article, severity } = this.data.sentences[code];
    return {
      code,
      cause: fill(cause, facts),
      remedy: fill(remedy, facts),
      article,
      severity,
      ...where,
    };
  }

  label(key) {
    return this.board.units.get(key).label;
  }

  errors() {
    const lines = [...this.lines.values()];
    const lawful = (line) => line.seats >= 1 && line.seats <= this.data.most_seats;
    return [
      ...lines.filter((line) => !lawful(line)).map((line) => this.unlawful(line)),
      ...this.total(lines),
      ...lines.filter((line) => !line.members.length).map((line) => this.empty(line)),
      ...this.board.order.filter((key) => this.board.home(key) === null).map((key) =>
        this.leftOut(key)
      ),
    ];
  }

  unlawful({ number, seats }) {
    return this.finding("E.201", { district: number, seats }, { district: number });
  }

  total(lines) {
    const sum = lines.reduce((seats, line) => seats + line.seats, 0);
    const { total } = this.board;
    return sum === total ? [] : [this.finding("E.202", { sum, seats: total })];
  }

  empty({ number }) {
    return this.finding("E.205", { district: number }, { district: number });
  }

  leftOut(key) {
    const { label, part, whole } = this.board.units.get(key);
    return part
      ? this.finding("E.242", { unit: whole, part }, { unit: key })
      : this.finding("E.203", { unit: label }, { unit: key });
  }

  warnings() {
    const lines = [...this.lines.values()];
    const unknown = this.board.order.filter((key) => this.board.units.get(key).people === null);
    return [
      ...unknown.map((key) => this.finding("W.213", { unit: this.label(key) }, { unit: key })),
      ...lines.filter((line) => ["warn", "alert"].includes(line.band)).map((line) =>
        this.uneven(line)
      ),
      ...lines.filter((line) => line.pieces?.length > 1).map((line) => this.scattered(line)),
    ];
  }

  uneven({ number, people, seats, off, band }) {
    const limit = fraction(...this.data[band]);
    const percent = `${shortDecimal(hundredfold(magnitude(off)))}%`;
    return this.finding(band === "alert" ? "W.211" : "W.210", {
      district: number,
      population: people,
      seats,
      per_seat: shortDecimal(fraction(people, seats)),
      average: shortDecimal(fraction(this.people, this.board.total)),
      deviation: `${off.over > 0n ? "+" : "-"}${percent}`,
      limit: `${shortDecimal(hundredfold(limit))}%`,
    }, { district: number });
  }

  scattered({ number, pieces }) {
    const named = pieces.map((piece) => piece.map((key) => this.label(key)).join(", "));
    return this.finding("W.212", {
      district: number,
      parts: pieces.length,
      pieces: named.join("; "),
    }, { district: number });
  }

  // Pairs of neighbours that do not share a district, as the planner counts them.
  get cut() {
    const { board } = this;
    const cutAround = (key) => {
      const home = board.home(key);
      const elsewhere = (other) => home === null || board.home(other) !== home;
      return [...board.near.get(key)].filter(elsewhere).length;
    };
    return board.order.reduce((sum, key) => sum + cutAround(key), 0) / 2;
  }

  get largest() {
    return largestText([...this.lines.values()].map((line) => line.off));
  }
}
