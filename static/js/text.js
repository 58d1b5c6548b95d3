// Sentences with places for facts, and what people type.

export function fill(sentence, facts) {
  return sentence.replace(/\{(\w+)\}/g, (place, name) => (name in facts ? facts[name] : place));
}

// A whole number as the server reads it, in the digits 0-9; null where something else is typed.
export function wholeNumber(typed) {
  const digits = typed.trim();
  return /^\d+$/.test(digits) ? Number(digits) : null;
}

// How many lines have something on them.
export function filledLines(typed) {
  return typed.split("\n").filter((line) => line.trim()).length;
}
