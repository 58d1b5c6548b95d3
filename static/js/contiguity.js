// Whether the units of a district hang together.

// The connected pieces of these units, each in their order; null where nobody's neighbours are
// known: then nothing is judged. near: key of a unit -> set of the keys it touches.
export function piecesOf(members, near) {
  if (![...near.values()].some((touching) => touching.size)) return null;
  const left = new Set(members);
  const pieces = [];
  for (const start of members) {
    if (left.has(start)) {
      const piece = reached(start, left, near);
      pieces.push(members.filter((key) => piece.has(key)));
    }
  }
  return pieces;
}

// What hangs together with `start` among what is left, taken out of what is left.
function reached(start, left, near) {
  const piece = new Set();
  const border = [start];
  while (border.length) {
    const key = border.pop();
    if (left.delete(key)) {
      piece.add(key);
      border.push(...[...near.get(key)].filter((other) => left.has(other)));
    }
  }
  return piece;
}

// How many pairs of neighbours lie inside these units, and how many their border cuts.
export function pairsOf(members, near) {
  const inside = new Set(members);
  const touching = members.flatMap((key) => [...near.get(key)]);
  const within = touching.filter((key) => inside.has(key)).length;
  return { inside: within / 2, cut: touching.length - within };
}

// The units that hang apart from the piece with most people. peopleOf: of a unit, null: not known.
export function unitsApart(pieces, peopleOf) {
  if (!pieces || pieces.length < 2) return new Set();
  const people = (piece) => piece.reduce((sum, key) => sum + (peopleOf(key) ?? 0), 0);
  const main = pieces.reduce((most, piece) => (people(piece) > people(most) ? piece : most));
  return new Set(pieces.filter((piece) => piece !== main).flat());
}
