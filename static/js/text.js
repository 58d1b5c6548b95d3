// Sentences with places for facts, and what people type.

export function fill(sentence, facts) {
  return sentence.replace(/\{(\w+)\}/g, (place, name) => (name in facts ? facts[name] : place));
}

// A whole number as the server reads it, in digits of either width; null where something else is
// typed, or more digits than `longest`.
export function wholeNumber(typed, longest = 15) {
  const plain = typed.trim().replace(/[０-９]/g, (digit) => digit.normalize("NFKC"));
  return /^[0-9]+$/.test(plain) && plain.length <= longest ? Number(plain) : null;
}

// How many lines have something on them.
export function filledLines(typed) {
  return typed.split("\n").filter((line) => line.trim()).length;
}
