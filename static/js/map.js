// The map of a plan: fetches what is to be drawn and joins board, drawing, panel, form and hands.
"use strict";

import { Board } from "./map_board.js";
import { Check } from "./map_check.js";
import { Colours } from "./map_colours.js";
import { Drawn, fill } from "./map_draw.js";
import { MapForm } from "./map_form.js";
import { Hands } from "./map_hands.js";
import { Panel } from "./map_panel.js";
import { View } from "./map_view.js";

class Desk {
  constructor(root, data) {
    this.root = root;
    this.words = JSON.parse(root.dataset.words);
    this.editing = root.dataset.editing !== undefined;
    this.form = this.editing ? new MapForm(root) : null;
    this.board = new Board(data, this.form && this.form.read());
    this.colours = new Colours(data);
    this.drawn = new Drawn(this.find("frame"), data, this.words);
    this.view = new View(this.drawn, () => this.write());
    this.panel = new Panel(root, data, this.words, this.editing, { step: (number, by) => this.step(number, by), show: (number) => this.show(number) });
    this.about(data.said);
    if (data.cells.length) this.hands = new Hands(this);
    else this.drawn.svg.remove();
    this.find("bar").hidden = false;
    this.find("keys").hidden = false;
    this.find("info").hidden = false;
    this.buttons();
    if (this.editing) this.startEditing();
    this.board.onChange(() => {
      this.known = null;
      if (this.board.stroke) this.soon();
      else this.refresh();
    });
    this.refresh();
  }

  // What is wrong with the draft as it is at this moment.
  get check() {
    this.known = this.known || new Check(this.board);
    return this.known;
  }

  // While the brush moves, once for each frame is enough.
  soon() {
    if (this.waiting) return;
    this.waiting = requestAnimationFrame(() => { this.waiting = 0; this.refresh(); });
  }

  find(name) { return this.root.querySelector(`[data-${name}]`); }

  about(said) {
    this.find("about").replaceChildren(...said.map((text) => {
      const line = document.createElement("p");
      line.className = "small text-body-secondary mb-1";
      line.textContent = text;
      return line;
    }));
  }

  buttons() {
    this.root.addEventListener("click", (event) => {
      const button = event.target.closest("button");
      if (!button) return;
      const { colour, zoom, tool } = button.dataset;
      if (colour) this.press("colour", colour, () => { this.drawn.way = colour; });
      else if (zoom) this.view.zoom(zoom);
      else if (tool) this.press("tool", tool, () => { this.hands.tool = tool; this.root.classList.toggle("is-painting", tool === "paint"); });
    });
  }

  press(group, value, act) {
    this.root.querySelectorAll(`button[data-${group}]`).forEach((button) => button.setAttribute("aria-pressed", String(button.dataset[group] === value)));
    act();
    this.refresh();
  }

  startEditing() {
    this.form.listen(this.board, (refused) => this.refusal(refused));
    const on = (name, act) => this.find(name).addEventListener("click", act);
    on("undo", () => this.turn("undo"));
    on("redo", () => this.turn("redo"));
    on("put", () => this.hands.typed());
    on("new", () => this.hands.begin());
    on("out", () => this.hands.put(null));
    this.find("target").addEventListener("keydown", (event) => {
      if (event.key === "Escape") this.hands.leaveField();
      if (event.key !== "Enter") return;
      event.preventDefault();
      this.hands.typed();
    });
    document.addEventListener("keydown", (event) => this.shortcut(event));
    this.root.querySelectorAll("[data-lock]").forEach((button) => button.addEventListener("click", (event) => {
      event.preventDefault();
      this.lock(Number(button.closest("tr").dataset.district));
    }));
    this.root.addEventListener("submit", () => { this.leaving = true; });
    window.addEventListener("beforeunload", (event) => {
      if (this.leaving || !this.board.unsaved()) return;
      event.preventDefault();
      event.returnValue = "unsaved"; // what browsers of before 2023 look at
    });
    window.addEventListener("pageshow", () => { this.leaving = false; });
  }

  shortcut(event) {
    if (!event.ctrlKey && !event.metaKey) return;
    const key = event.key.toLowerCase();
    const field = event.target.matches("input, textarea, select") && !event.target.matches("[readonly]");
    if (key === "s") this.root.requestSubmit();
    else if (!field && key === "z" && !event.shiftKey) this.turn("undo");
    else if (!field && (key === "y" || (key === "z" && event.shiftKey))) this.turn("redo");
    else return;
    event.preventDefault();
  }

  turn(way) {
    if (!this.refusal(this.board[way]())) this.say(this.words[way === "undo" ? "undone" : "redone"]);
  }

  // Put units into a district; whether it was done.
  place(keys, number) {
    const fresh = number !== null && !this.board.seats.has(number);
    if (this.refusal(this.board.place(keys, number))) return false;
    const named = keys.map((key) => this.board.units.get(key).label).join("、");
    const text = number === null ? fill(this.words.out, { unit: named }) : fill(this.words.moved, { unit: named, n: number });
    this.say(fresh ? `${text} · ${fill(this.words.new, { n: number })}` : text);
    return true;
  }

  step(number, by) {
    if (number === null) return;
    const seats = (this.board.seats.get(number) || 0) + by;
    if (!this.refusal(this.board.giveSeats(number, seats))) this.say(`${fill(this.words.district, { n: number })} · ${fill(this.words.seats, { n: this.board.seats.get(number) })}`);
  }

  show(number) {
    const target = this.find("target");
    if (target && this.hands.tool === "paint") target.value = number;
    this.hands.chosen = new Set(this.board.members(number));
    this.refresh();
  }

  brush(number) {
    if (number !== null) this.say(fill(this.words.brush, { n: number }));
  }

  refusal(refused) {
    if (refused) this.say(fill(this.words[refused.word], { n: refused.n ?? "" }));
    this.find("info").classList.toggle("is-refused", Boolean(refused));
    return Boolean(refused);
  }

  // What a cell says of itself when it is reached is not said again by the line over the map.
  say(text, aloud = true) {
    this.find("info").setAttribute("aria-live", aloud ? "polite" : "off");
    this.find("info").textContent = text;
    this.find("info").classList.remove("is-refused");
  }

  tell(key) { this.say(this.drawn.tell(key, this.board, this.check), false); }

  // A lock is an act of its own, done at once; what is drawn and not saved stays.
  async lock(number) {
    const known = this.board.stored.get(number);
    if (!known || this.locking) return;
    if (!known.locked && this.board.touched(number)) { this.refusal({ word: "savefirst", n: number }); return; }
    const form = document.getElementById("lock-form");
    const body = new FormData(form);
    body.set("back", "map_data");
    body.set("op", [...crypto.getRandomValues(new Uint8Array(12))].map((byte) => byte.toString(16).padStart(2, "0")).join(""));
    body.set(known.locked ? "unlock" : "lock", known.id);
    this.locking = true; // one after the other: each makes a new version
    try {
      const answer = await fetch(form.action, { method: "POST", body });
      if (!answer.ok) { this.say(answer.status === 409 ? this.words.stale : this.words.failed); return; }
      this.renewed(await answer.json());
      this.say(fill(this.words[known.locked ? "islocked" : "isopen"], { n: number }));
    } catch {
      this.say(this.words.failed);
    } finally {
      this.locking = false;
    }
  }

  renewed(data) {
    data.districts.forEach((one) => { if (this.board.stored.has(one.number)) this.board.stored.get(one.number).locked = one.locked; });
    document.querySelectorAll("input[name=version]").forEach((input) => { input.value = data.version; });
    const kept = new Set(data.districts.filter((one) => one.locked).map((one) => one.number));
    this.known = null;
    this.form.bricks.forEach((input, key) => { input.readOnly = kept.has(this.board.home(key)); });
    this.refresh();
  }

  refresh() {
    const chosen = this.hands ? this.hands.chosen : new Set();
    this.drawn.refresh(this.board, this.check, this.colours, chosen);
    this.panel.refresh(this.board, this.check, this.colours, this.drawn.way);
    if (this.editing) this.refreshEditing();
  }

  refreshEditing() {
    this.form.write(this.board);
    const n = this.board.unsaved();
    this.find("unsaved").textContent = n ? fill(this.words.unsaved, { n }) : this.words.saved;
    this.find("undo").disabled = !this.board.past.length;
    this.find("redo").disabled = !this.board.future.length;
  }

  write() { this.drawn.write(this.board, this.check); }
}

async function start(root) {
  const wait = root.querySelector("[data-wait]");
  wait.hidden = false;
  try {
    const answer = await fetch(root.dataset.map, { headers: { Accept: "application/json" } });
    new Desk(root, await answer.json());
  } catch (error) {
    wait.textContent = JSON.parse(root.dataset.words).failed;
    throw error;
  } finally {
    root.querySelector("[data-frame]").removeAttribute("data-loading");
  }
}

document.querySelectorAll("[data-map]").forEach(start);
