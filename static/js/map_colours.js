// Colours of districts: a district has the colour of its number, on every map and while one draws;
// only where a neighbour has it already, another one.

const COLOURS = 10; // classes fill-0 to fill-9 of the style sheet
const NEVER = 1000; // uses that make a colour the last choice

export class Colours {
  constructor(data) {
    const drawn = data.edges.filter((edge) => edge.b !== null).map((edge) => [edge.a, edge.b]);
    this.touching = [...drawn, ...data.near];
    this.chosen = new Map(); // number of a district -> its colour
  }

  update(board) {
    const beside = this.neighbours(board);
    const byNeighbours = [...board.numbers].sort(
      (number, other) => beside.get(other).size - beside.get(number).size || number - other,
    );
    const colours = new Map();
    const coloured = byNeighbours.filter((number) => this.chosen.has(number));
    const fresh = byNeighbours.filter((number) => !this.chosen.has(number));
    [...coloured, ...fresh].forEach((number) => {
      const around = [...beside.get(number)].map((other) => colours.get(other));
      const before = this.chosen.get(number);
      const stays = before !== undefined && !around.includes(before);
      colours.set(number, stays ? before : ownOrAnother(number, around, colours));
    });
    this.chosen = colours;
  }

  // Number of each district -> the districts it touches.
  neighbours(board) {
    const beside = new Map(board.numbers.map((number) => [number, new Set()]));
    this.touching.forEach(([key, other]) => {
      const [here, there] = [board.home(key), board.home(other)];
      if (here === null || there === null || here === there) return;
      beside.get(here).add(there);
      beside.get(there).add(here);
    });
    return beside;
  }

  of(number) {
    return this.chosen.has(number) ? `fill-${this.chosen.get(number)}` : "fill-none";
  }
}

// The colour of the number, unless a neighbour has it.
function ownOrAnother(number, around, colours) {
  const own = (number - 1) % COLOURS;
  return around.includes(own) ? leastUsed(around, colours) : own;
}

// The colour fewest districts have among those no neighbour has.
function leastUsed(around, colours) {
  const uses = Array.from({ length: COLOURS }, () => 0);
  colours.forEach((colour) => {
    uses[colour] += 1;
  });
  around.filter((colour) => colour !== undefined).forEach((colour) => {
    uses[colour] += NEVER;
  });
  return uses.indexOf(Math.min(...uses));
}

// The class of a cell that is coloured by what is chosen. line: the figures of its district.
export function fillOf(way, line, colours, mostSeats) {
  if (!line) return "fill-none";
  if (way === "deviation") return deviationFill(line);
  if (way === "seats") return seatsFill(line.seats, mostSeats);
  return colours.of(line.number);
}

// Seven steps from far under to far over the average, with nothing off in the middle.
function deviationFill({ band, off }) {
  if (band === "unknown") return "off-unknown";
  if (!off.over) return "off-zero";
  return `off-${band}-${off.over < 0n ? "under" : "over"}`;
}

function seatsFill(seats, mostSeats) {
  return seats >= 1 && seats <= mostSeats ? `seats-${seats}` : "seats-wrong";
}
