// Mouse and keyboard on the map: taking up units and putting them down, painting, moving about.
"use strict";

const SLIP = 4; // pixels a click may move
const ARROWS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };

export class Hands {
  // desk: what the entry script offers: board, drawn, view, editing, place, step, lock, refresh.
  constructor(desk) {
    this.desk = desk;
    this.tool = "move";
    this.chosen = new Set();
    this.target = desk.root.querySelector("[data-target]");
    this.held = null; // where a drag began
    const { svg } = desk.drawn;
    svg.addEventListener("pointerdown", (event) => this.down(event));
    svg.addEventListener("pointermove", (event) => this.moved(event));
    ["pointerup", "pointercancel"].forEach((name) => svg.addEventListener(name, (event) => this.up(event)));
    svg.addEventListener("keydown", (event) => this.key(event));
    svg.addEventListener("focusin", (event) => this.focused(event.target.closest(".cell")));
    svg.addEventListener("focusout", () => desk.drawn.showRing(null));
    desk.drawn.focusOn(desk.board.order[0]);
  }

  keyAt(event) {
    const hit = document.elementFromPoint(event.clientX, event.clientY);
    const cell = hit && hit.closest(".cell");
    return cell ? cell.dataset.key : null;
  }

  goal() {
    const text = this.target ? this.target.value.trim() : "";
    return /^[1-9]\d{0,2}$/.test(text) ? Number(text) : null;
  }

  down(event) {
    if (event.button) return;
    this.held = { x: event.clientX, y: event.clientY, key: this.keyAt(event), dragged: false };
    if (this.painting && this.held.key) {
      this.desk.board.beginStroke();
      this.paint(this.held.key, event.altKey);
    }
  }

  get painting() { return this.desk.editing && this.tool === "paint"; }

  moved(event) {
    if (!this.held) return;
    const [dx, dy] = [event.clientX - this.held.x, event.clientY - this.held.y];
    if (!this.held.dragged && Math.hypot(dx, dy) < SLIP) return;
    if (!this.held.dragged) this.desk.drawn.svg.setPointerCapture(event.pointerId);
    this.held.dragged = true;
    if (this.painting && this.held.key) {
      const key = this.keyAt(event);
      if (key) this.paint(key, false);
    } else if (this.desk.view.zoomed) {
      this.desk.view.shift(dx, dy);
      [this.held.x, this.held.y] = [event.clientX, event.clientY];
    }
  }

  up(event) {
    if (!this.held) return;
    const { key, dragged } = this.held;
    if (this.painting && key) this.desk.board.endStroke();
    else if (!dragged && key && event.type === "pointerup") this.use(key, event.shiftKey || event.ctrlKey);
    if (dragged) this.desk.refresh();
    this.held = null;
  }

  // With no district chosen, the brush takes the one it is put down on.
  paint(key, pick) {
    const home = this.desk.board.home(key);
    if (pick || this.goal() === null) {
      this.target.value = home ?? "";
      this.desk.brush(home);
    } else {
      this.desk.place([key], this.goal());
    }
  }

  // A click or Enter: take up, add, put down, or only look.
  use(key, more) {
    const { board } = this.desk;
    const home = board.home(key);
    const others = [...this.chosen].some((one) => board.home(one) !== home);
    if (this.desk.editing && this.chosen.size && !more && !this.chosen.has(key) && home !== null && others) {
      if (this.desk.place([...this.chosen], home)) this.chosen.clear();
    } else if (this.chosen.has(key)) {
      this.chosen.delete(key);
    } else {
      if (!more) this.chosen.clear();
      this.chosen.add(key);
      this.desk.tell(key);
    }
    this.desk.drawn.focusOn(key);
    this.desk.refresh();
  }

  // What the buttons and letters work on: what is taken up, else where the keyboard is.
  get hand() {
    const focused = this.desk.drawn.svg.querySelector(".cell[tabindex='0']");
    return this.chosen.size ? [...this.chosen] : focused ? [focused.dataset.key] : [];
  }

  // A new district for what is in hand; the brush takes its number and paints it from now on.
  begin() {
    const number = this.desk.board.free();
    if (!this.painting) return this.put(number);
    this.target.value = number;
    return this.desk.brush(number);
  }

  put(number) {
    if (this.hand.length && this.desk.place(this.hand, number)) this.chosen.clear();
    this.desk.refresh();
  }

  focused(cell) {
    if (!cell) return;
    const { drawn, view } = this.desk;
    view.reveal(drawn.focusOn(cell.dataset.key));
    drawn.showRing(cell.matches(":focus-visible") ? cell.dataset.key : null);
    this.desk.tell(cell.dataset.key);
  }

  key(event) {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const cell = event.target.closest(".cell");
    if (!cell || !this.pressed(event, cell.dataset.key)) return;
    event.preventDefault();
  }

  pressed(event, key) {
    const { view, board, editing } = this.desk;
    const arrow = ARROWS[event.key];
    if (arrow && event.shiftKey) return view.pan(arrow[0] / 5, arrow[1] / 5), true;
    if (arrow) return this.go(key, arrow), true;
    const zoom = { "+": "in", "=": "in", "-": "out", 0: "all" }[event.key];
    if (zoom) return view.zoom(zoom), true;
    if (event.key === "Enter" || event.key === " ") return this.enter(key, event.shiftKey), true;
    if (event.key === "Escape") return this.chosen.clear(), this.desk.refresh(), true;
    if (!editing) return false;
    if (/^[1-9]$/.test(event.key)) return this.type(event.key), true;
    const acts = {
      n: () => this.begin(), Delete: () => this.put(null), Backspace: () => this.put(null),
      "[": () => this.desk.step(board.home(key), -1), "]": () => this.desk.step(board.home(key), 1),
      l: () => this.desk.lock(board.home(key)),
    };
    const act = acts[event.key.length === 1 ? event.key.toLowerCase() : event.key];
    if (act) act();
    return Boolean(act);
  }

  enter(key, more) {
    if (this.painting) this.paint(key, false);
    else this.use(key, more);
  }

  // A digit goes on in the field of the number; Enter there puts, and leads back to the map.
  type(digit) {
    this.back = document.activeElement;
    this.target.value = digit;
    this.target.focus();
  }

  typed() {
    if (this.tool === "paint" && !this.back) return;
    if (this.goal() !== null) this.put(this.goal());
    this.leaveField();
  }

  // The brush keeps its number; what was typed for one move is gone.
  leaveField() {
    if (this.tool !== "paint") this.target.value = "";
    if (this.back) this.back.focus();
    this.back = null;
  }

  // The nearest unit in a direction; what lies aside counts for less.
  go(key, [right, down]) {
    const { cells } = this.desk.drawn;
    const from = cells.get(key);
    let best = null;
    cells.forEach((cell) => {
      const [dx, dy] = [cell.x - from.x, cell.y - from.y];
      const [along, aside] = [dx * right + dy * down, Math.abs(dx * down) + Math.abs(dy * right)];
      if (along <= 0 || aside > along * 1.8) return;
      const cost = along + 1.6 * aside;
      if (!best || cost < best.cost) best = { cost, cell };
    });
    if (best) best.cell.group.focus();
  }
}
