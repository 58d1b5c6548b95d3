// Figures of districts as exact fractions { over, under } of whole numbers, under > 0: what stands
// exactly at a limit is within it, as the law has it, and a page rounds as a paper does.

export function fraction(over, under) {
  return { over: BigInt(over), under: BigInt(under) };
}

function absolute(value) {
  return value < 0n ? -value : value;
}

// 583.6, -0.42, 2.0: to so many decimals, at least one, halves away from zero.
export function decimal({ over, under }, places = 1) {
  const scaled = (absolute(over) * 10n ** BigInt(places) * 2n + under) / (under * 2n);
  const digits = String(scaled).padStart(places + 1, "0");
  const sign = over < 0n && scaled ? "-" : "";
  return `${sign}${digits.slice(0, -places)}.${digits.slice(-places)}`;
}

// One decimal, but none for a whole number: as the sentences of the check list have it.
export function shortDecimal(value) {
  return decimal(value).replace(/\.0$/, "");
}

export function hundredfold({ over, under }) {
  return { over: over * 100n, under };
}

export function magnitude({ over, under }) {
  return { over: absolute(over), under };
}

export function exceeds(left, right) {
  return left.over * right.under > right.over * left.under;
}

// (people / seats) / (people of the area / seats of the area) - 1; null where it cannot be said.
// district: { people, seats, units: how many }, area: { people, seats }; people null: not known.
export function deviationOf(district, area) {
  const countable = area.people > 0 && area.seats > 0 && district.units > 0 && district.seats > 0;
  if (!countable || district.people === null) return null;
  const due = BigInt(district.seats) * BigInt(area.people);
  return { over: BigInt(district.people) * BigInt(area.seats) - due, under: due };
}

// limits: { warn, alert }, both [over, under] as the page has them.
export function bandOf(deviation, limits) {
  if (!deviation) return "unknown";
  const size = magnitude(deviation);
  if (exceeds(size, fraction(...limits.alert))) return "alert";
  return exceeds(size, fraction(...limits.warn)) ? "warn" : "ok";
}

const MARKS = { alert: " ▲▲", warn: " ▲" };

// +4.2% with the mark of its band, as the tables have it; what rounds to nothing has no sign.
export function deviationText(deviation, band) {
  if (!deviation) return "—";
  const percent = decimal(hundredfold(deviation));
  const plus = deviation.over > 0n && percent !== "0.0" ? "+" : "";
  return `${plus}${percent}%${MARKS[band] ?? ""}`;
}

// The size of the largest deviation as the tables have it; deviations: of districts, null: unknown.
export function largestText(deviations) {
  const sizes = deviations.filter(Boolean).map(magnitude);
  if (!sizes.length) return "—";
  const largest = sizes.reduce((most, size) => (exceeds(size, most) ? size : most));
  return `${decimal(hundredfold(largest))}%`;
}
