// What was typed into a form stays in this tab when it comes too late: the same person finds it on
// the page again after signing in. It is forgotten once it is stored, or somebody else signs in.

import { fill } from "./text.js";

const KEY = "draft";
const UNTOLD = new Set(["csrf_token", "op", "confirmed", "shown"]);
const STAMP = /^(version$|seen-)/;

// The part of a form that a draft keeps; fields: [name, value] in order, files are no text.
export function keptFields(fields) {
  return fields.filter(([name, value]) => typeof value === "string" && !UNTOLD.has(name));
}

function stampOf(fields) {
  return JSON.stringify(fields.filter(([name]) => STAMP.test(name)));
}

// Whether two forms were made from the same state of what they change.
export function sameStamp(typed, present) {
  return stampOf(typed) === stampOf(present);
}

// What becomes of a draft on a page. page: { person, path, late }, person null: nobody signed in.
export function fateOf(draft, page) {
  if (page.late) return "late";
  if (page.person === null) return "keep";
  if (draft.person !== page.person || !draft.late) return "forget";
  return draft.path === page.path ? "put back" : "keep";
}

function stored() {
  try {
    return JSON.parse(sessionStorage.getItem(KEY));
  } catch {
    return null; // a browser that keeps nothing
  }
}

function store(draft) {
  try {
    if (draft) sessionStorage.setItem(KEY, JSON.stringify(draft));
    else sessionStorage.removeItem(KEY);
  } catch {
    // nothing is kept then, as before
  }
}

const pathOf = (form) => new URL(form.action, location.href).pathname;

function keep(form, person) {
  if (form.method !== "post" || form.querySelector("[type=password], [data-private]")) return;
  const fields = keptFields([...new FormData(form)]);
  const path = location.pathname + location.search;
  store({ person, path, action: pathOf(form), fields, late: false });
}

function put(form, [name, value]) {
  const fields = [...form.querySelectorAll(`[name="${CSS.escape(name)}"]`)];
  const field = fields.find(({ type }) => type !== "checkbox" && type !== "radio");
  if (!field || field.type === "hidden") return Boolean(fields.length);
  field.value = value;
  field.dispatchEvent(new Event("input", { bubbles: true }));
  return true;
}

function putBack(form, draft) {
  const ticked = new Set(draft.fields.map((pair) => JSON.stringify(pair)));
  form.querySelectorAll("[type=checkbox], [type=radio]").forEach((box) => {
    box.checked = ticked.has(JSON.stringify([box.name, box.value]));
  });
  const more = form.querySelector("[data-more]"); // further lines, where the form has any
  return draft.fields.filter((pair) => !put(form, pair) && !(more && (more.click(), put(form, pair))));
}

function say(form, sentence) {
  const note = document.createElement("p");
  note.className = "alert alert-info";
  note.setAttribute("role", "status");
  note.textContent = sentence;
  form.prepend(note);
}

function bringBack(draft, words) {
  const form = [...document.forms].find((each) => each.method === "post" && pathOf(each) === draft.action);
  if (!form) return;
  if (!sameStamp(draft.fields, keptFields([...new FormData(form)]))) {
    say(form, words.draftChanged);
    return;
  }
  const lost = putBack(form, draft);
  const sentence = lost.length ? words.draftPart : words.draftBack;
  say(form, fill(sentence, { n: lost.length }));
}

function meet(draft, page, link) {
  const fate = fateOf(draft, page);
  if (fate === "late") {
    store({ ...draft, late: true });
    const address = new URL(link.href);
    address.searchParams.set("next", draft.path);
    link.href = address.href;
  } else if (fate !== "keep") {
    store(null);
    if (fate === "put back") bringBack(draft, document.body.dataset);
  }
}

export function begin() {
  const link = document.querySelector("[data-late]");
  const { person = null } = document.body.dataset;
  const draft = stored();
  const page = { person, path: location.pathname + location.search, late: Boolean(link) };
  if (draft) meet(draft, page, link);
  if (person === null) return;
  document.addEventListener("submit", (event) => {
    if (!event.defaultPrevented) keep(event.target, person);
  });
}
