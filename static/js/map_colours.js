// Colours of districts: neighbours differ, and a district keeps its colour while one draws.
"use strict";

const COLOURS = 10; // classes fill-0 to fill-9 of the style sheet

export class Colours {
  constructor(data) {
    const drawn = data.edges.filter((edge) => edge.b !== null).map((edge) => [edge.a, edge.b]);
    this.touching = [...drawn, ...data.near];
    this.given = new Map();
  }

  update(board) {
    const beside = new Map(board.numbers.map((number) => [number, new Set()]));
    this.touching.forEach(([a, b]) => {
      const [one, other] = [board.home(a), board.home(b)];
      if (one === null || other === null || one === other) return;
      beside.get(one).add(other);
      beside.get(other).add(one);
    });
    const kept = new Map();
    const order = [...board.numbers].sort((a, b) => beside.get(b).size - beside.get(a).size || a - b);
    order.filter((number) => this.given.has(number)).concat(order.filter((number) => !this.given.has(number)))
      .forEach((number) => {
        const around = [...beside.get(number)].map((other) => kept.get(other));
        const before = this.given.get(number);
        kept.set(number, before !== undefined && !around.includes(before) ? before : this.pick(around, kept));
      });
    this.given = kept;
  }

  // The colour fewest districts have among those no neighbour has.
  pick(around, kept) {
    const uses = Array(COLOURS).fill(0);
    kept.forEach((colour) => { uses[colour] += 1; });
    around.forEach((colour) => { if (colour !== undefined) uses[colour] += 1000; });
    return uses.indexOf(Math.min(...uses));
  }

  of(number) { return number === null || !this.given.has(number) ? "fill-none" : `fill-${this.given.get(number)}`; }
}

const OFF = { ok: "off-ok", unknown: "off-unknown" };

// The class of a cell that is coloured by what is chosen.
export function fillOf(way, line, colours) {
  if (!line) return "fill-none";
  if (way === "deviation") return OFF[line.band] || `off-${line.band}-${line.off[0] < 0n ? "under" : "over"}`;
  if (way === "seats") return line.seats >= 1 && line.seats <= 3 ? `seats-${line.seats}` : "seats-wrong";
  return colours.of(line.number);
}
