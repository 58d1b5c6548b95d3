// Blocks of cells as spreadsheets copy them, and the numbers in the names of a row's inputs.

// Rows of cells; null for a single cell, which is pasted as any text.
export function pastedBlock(text) {
  if (!/[\t\n]/.test(text.trimEnd())) return null;
  return text.replace(/\r?\n$/, "").split(/\r?\n/).map((line) => line.split("\t"));
}

// units-3-code -> 3; null where the name has no number.
export function rowNumber(name) {
  const digits = name.split("-")[1];
  return /^\d+$/.test(digits) ? Number(digits) : null;
}

// units-3-code, 4 -> units-4-code.
export function renumbered(name, number) {
  return name.replace(/-\d+-/, `-${number}-`);
}
