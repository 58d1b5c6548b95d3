// The map of a plan: fetches what is to be drawn and joins board, drawing, panel, form and hands.

import { askBeforeLeaving } from "./leaving.js";
import { Board } from "./map_board.js";
import { Check } from "./map_check.js";
import { Colours } from "./map_colours.js";
import { Drawn } from "./map_draw.js";
import { MapForm } from "./map_form.js";
import { Hands } from "./map_hands.js";
import { sendLock, takeOver } from "./map_lock.js";
import { Panel } from "./map_panel.js";
import { View } from "./map_view.js";
import { html } from "./nodes.js";
import { fill } from "./text.js";

const CONFLICT = 409;

class Desk {
  constructor(root, data) {
    this.root = root;
    this.words = JSON.parse(root.dataset.words);
    this.editing = root.dataset.editing !== undefined;
    this.form = this.editing ? new MapForm(root) : null;
    this.board = new Board(data, this.form?.read());
    this.colours = new Colours(data);
    this.drawn = new Drawn(this.find("frame"), data, this.words);
    this.view = new View(this.drawn, () => this.write());
    this.panel = new Panel(root, data, this.words, this.editing, {
      step: (number, by) => this.step(number, by),
      show: (number) => this.show(number),
    });
    this.open(data);
    this.board.onChange(() => this.changed());
  }

  open(data) {
    this.find("about").replaceChildren(...data.about.map(
      (text) => html("p", { class: "small text-body-secondary mb-1" }, text),
    ));
    if (data.cells.length) this.hands = new Hands(this);
    else this.drawn.svg.remove();
    ["bar", "keys", "info"].forEach((name) => {
      this.find(name).hidden = false;
    });
    this.listen();
    if (this.editing) this.startEditing();
  }

  changed() {
    this.checked = null;
    if (this.board.stroke) this.soon();
    else this.refresh();
  }

  // What is wrong with the draft as it is at this moment.
  get check() {
    this.checked = this.checked || new Check(this.board);
    return this.checked;
  }

  // While the brush moves, once for each frame is enough.
  soon() {
    if (this.waiting) return;
    this.waiting = requestAnimationFrame(() => {
      this.waiting = 0;
      this.refresh();
    });
  }

  find(name) {
    return this.root.querySelector(`[data-${name}]`);
  }

  listen() {
    this.root.addEventListener("click", (event) => {
      const button = event.target.closest("button");
      if (!button) return;
      const { colour, zoom, tool } = button.dataset;
      if (colour) this.colourBy(colour);
      else if (zoom) this.view.zoom(zoom);
      else if (tool) this.takeTool(tool);
    });
  }

  colourBy(way) {
    this.drawn.way = way;
    this.press("colour", way);
  }

  takeTool(tool) {
    this.hands.tool = tool;
    this.root.classList.toggle("is-painting", tool === "paint");
    this.press("tool", tool);
  }

  press(group, value) {
    this.root.querySelectorAll(`button[data-${group}]`).forEach((button) => {
      button.setAttribute("aria-pressed", String(button.dataset[group] === value));
    });
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
    this.find("target").addEventListener("keydown", (event) => this.inTarget(event));
    document.addEventListener("keydown", (event) => this.shortcut(event));
    this.root.querySelectorAll("[data-lock]").forEach((button) => this.listenToLock(button));
    this.root.addEventListener("submit", () => {
      this.leaving = true;
    });
    window.addEventListener("pageshow", () => {
      this.leaving = false;
    });
    askBeforeLeaving(() => !this.leaving && this.board.unsaved());
  }

  inTarget(event) {
    if (event.key === "Escape") this.hands.leaveField();
    if (event.key !== "Enter") return;
    event.preventDefault();
    this.hands.typed();
  }

  listenToLock(button) {
    button.addEventListener("click", (event) => {
      event.preventDefault();
      this.lock(Number(button.closest("tr").dataset.district));
    });
  }

  shortcut(event) {
    if (!event.ctrlKey && !event.metaKey) return;
    const act = this.actOf(event);
    if (!act) return;
    act();
    event.preventDefault();
  }

  // In a field one writes in, undoing is the field's own.
  actOf({ key, shiftKey, target }) {
    const letter = key.toLowerCase();
    if (letter === "s") return () => this.root.requestSubmit();
    if (target.matches("input, textarea, select") && !target.matches("[readonly]")) return null;
    if (letter === "z" && !shiftKey) return () => this.turn("undo");
    if (letter === "y" || letter === "z") return () => this.turn("redo");
    return null;
  }

  turn(way) {
    if (this.refusal(this.board[way]())) return;
    this.say(this.words[way === "undo" ? "undone" : "redone"]);
  }

  // Put units into a district; whether it was done.
  place(keys, number) {
    const fresh = number !== null && !this.board.seats.has(number);
    if (this.refusal(this.board.place(keys, number))) return false;
    const unit = keys.map((key) => this.board.units.get(key).label).join("、");
    const sentence = number === null ? this.words.out : this.words.moved;
    const text = fill(sentence, { unit, n: number });
    this.say(fresh ? `${text} · ${fill(this.words.new, { n: number })}` : text);
    return true;
  }

  step(number, by) {
    if (number === null) return;
    const seats = (this.board.seats.get(number) || 0) + by;
    if (this.refusal(this.board.giveSeats(number, seats))) return;
    const district = fill(this.words.district, { n: number });
    this.say(`${district} · ${fill(this.words.seats, { n: this.board.seats.get(number) })}`);
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
    const info = this.find("info");
    info.setAttribute("aria-live", aloud ? "polite" : "off");
    info.textContent = text;
    info.classList.remove("is-refused");
  }

  tell(key) {
    this.say(this.drawn.description(key, this.board, this.check), false);
  }

  async lock(number) {
    const district = this.board.stored.get(number);
    if (!district || this.locking) return;
    if (!district.locked && this.board.touched(number)) {
      this.refusal({ word: "savefirst", n: number });
      return;
    }
    this.locking = true; // one after the other: each makes a new version
    try {
      await this.locked(await sendLock(district), district);
    } catch {
      this.say(this.words.failed);
    } finally {
      this.locking = false;
    }
  }

  async locked(answer, district) {
    if (!answer.ok) {
      this.say(answer.status === CONFLICT ? this.words.stale : this.words.failed);
      return;
    }
    takeOver(await answer.json(), this.board, this.form);
    this.checked = null;
    this.refresh();
    this.say(
      fill(district.locked ? this.words.islocked : this.words.isopen, { n: district.number }),
    );
  }

  refresh() {
    const chosen = this.hands ? this.hands.chosen : new Set();
    this.drawn.refresh(this.board, this.check, this.colours, chosen);
    this.panel.refresh(this.board, this.check, this.colours, this.drawn.way);
    if (this.editing) this.refreshEditing();
  }

  refreshEditing() {
    this.form.write(this.board);
    const unsaved = this.board.unsaved();
    this.find("unsaved").textContent = unsaved
      ? fill(this.words.unsaved, { n: unsaved })
      : this.words.saved;
    this.find("undo").disabled = !this.board.past.length;
    this.find("redo").disabled = !this.board.future.length;
  }

  write() {
    this.drawn.write(this.board, this.check);
  }
}

async function start(root) {
  const wait = root.querySelector("[data-wait]");
  wait.hidden = false;
  try {
    const answer = await fetch(root.dataset.map, { headers: { Accept: "application/json" } });
    new Desk(root, await answer.json()).refresh();
  } catch (error) {
    wait.textContent = JSON.parse(root.dataset.words).failed;
    throw error;
  } finally {
    root.querySelector("[data-frame]").removeAttribute("data-loading");
  }
}

document.querySelectorAll("[data-map]").forEach(start);
