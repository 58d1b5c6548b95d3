// What the figures typed from a count sheet add up to: help only, the server computes it anew.

import { wholeNumber } from "./text.js";

// 1 to 6 digits and nothing else, as the server reads a field; null for what is no figure.
export function figureOf(typed) {
  return wholeNumber(typed, 6);
}

// Null while a figure is unknown or the two contradict each other.
export function validPapers(returned, unfit) {
  if (returned === null || unfit === null || unfit > returned) return null;
  return returned - unfit;
}

// Answers of a candidate beside the valid papers they must make up. state: "incomplete" while an
// answer is missing, "open" while the valid papers are, then "right" or "off".
export function runningSum(answers, valid) {
  if (answers.includes(null)) return { state: "incomplete", sum: null };
  const sum = answers.reduce((total, answer) => total + answer, 0);
  if (valid === null) return { state: "open", sum };
  return { state: sum === valid ? "right" : "off", sum };
}
