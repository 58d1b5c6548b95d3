// Mouse and keyboard on the map: taking up units and putting them down, painting, moving about.

const SLIP = 4; // pixels a click may move
const ARROWS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };
const ZOOMS = { "+": "in", "=": "in", "-": "out", 0: "all" };
const PAN = 0.2; // of what is seen
const WIDEST = 1.8; // how far aside a neighbour may lie, as a share of how far it lies ahead
const ASIDE_COST = 1.6;

export class Hands {
  // desk: what the entry script offers: board, drawn, view, editing, place, step, lock, refresh.
  constructor(desk) {
    this.desk = desk;
    this.tool = "move";
    this.chosen = new Set();
    this.target = desk.root.querySelector("[data-target]");
    this.held = null; // where a drag began
    const canvas = desk.drawn.svg;
    canvas.addEventListener("pointerdown", (event) => this.down(event));
    canvas.addEventListener("pointermove", (event) => this.moved(event));
    canvas.addEventListener("pointerup", (event) => this.up(event));
    canvas.addEventListener("pointercancel", (event) => this.up(event));
    canvas.addEventListener("keydown", (event) => this.pressed(event));
    canvas.addEventListener("focusin", (event) => this.focused(event.target.closest(".cell")));
    canvas.addEventListener("focusout", () => desk.drawn.showRing(null));
    desk.drawn.focusOn(desk.board.order[0]);
  }

  // The district named in the field; null where it names none.
  goal() {
    const text = this.target ? this.target.value.trim() : "";
    return /^[1-9]\d{0,2}$/.test(text) ? Number(text) : null;
  }

  get painting() {
    return this.desk.editing && this.tool === "paint";
  }

  down(event) {
    if (event.button) return;
    this.held = { x: event.clientX, y: event.clientY, key: keyAt(event), dragged: false };
    if (this.painting && this.held.key) {
      this.desk.board.beginStroke();
      this.paint(this.held.key, event.altKey);
    }
  }

  moved(event) {
    if (!this.held) return;
    const [dx, dy] = [event.clientX - this.held.x, event.clientY - this.held.y];
    if (!this.held.dragged && Math.hypot(dx, dy) < SLIP) return;
    if (!this.held.dragged) this.desk.drawn.svg.setPointerCapture(event.pointerId);
    this.held.dragged = true;
    if (this.painting && this.held.key) {
      const key = keyAt(event);
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
    else if (!dragged && key && event.type === "pointerup") {
      this.use(key, event.shiftKey || event.ctrlKey);
    }
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
    if (!more && this.putsDownOn(key)) {
      if (this.desk.place([...this.chosen], this.desk.board.home(key))) this.chosen.clear();
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

  // Whether units of another district are in hand and this one can take them in.
  putsDownOn(key) {
    const { board, editing } = this.desk;
    const home = board.home(key);
    if (!editing || home === null || this.chosen.has(key)) return false;
    return [...this.chosen].some((other) => board.home(other) !== home);
  }

  // What the buttons and letters work on: what is taken up, else where the keyboard is.
  get hand() {
    if (this.chosen.size) return [...this.chosen];
    const focused = this.desk.drawn.svg.querySelector(".cell[tabindex='0']");
    return focused ? [focused.dataset.key] : [];
  }

  // A new district for what is in hand; the brush takes its number and paints it from now on.
  begin() {
    const number = this.desk.board.free();
    if (this.painting) {
      this.target.value = number;
      this.desk.brush(number);
    } else {
      this.put(number);
    }
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

  pressed(event) {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const cell = event.target.closest(".cell");
    const act = cell && this.actOf(event, cell.dataset.key);
    if (!act) return;
    act();
    event.preventDefault();
  }

  // What a key does at a cell; nothing where it does nothing.
  actOf(event, key) {
    const { view, editing } = this.desk;
    const arrow = ARROWS[event.key];
    if (arrow && event.shiftKey) return () => view.pan(arrow[0] * PAN, arrow[1] * PAN);
    if (arrow) return () => this.go(key, arrow);
    if (ZOOMS[event.key]) return () => view.zoom(ZOOMS[event.key]);
    if (event.key === "Enter" || event.key === " ") return () => this.enter(key, event.shiftKey);
    if (event.key === "Escape") return () => this.letGo();
    return editing ? this.drawingAct(event.key, key) : null;
  }

  drawingAct(pressed, key) {
    if (/^[1-9]$/.test(pressed)) return () => this.type(pressed);
    const home = this.desk.board.home(key);
    const acts = {
      n: () => this.begin(),
      l: () => this.desk.lock(home),
      "[": () => this.desk.step(home, -1),
      "]": () => this.desk.step(home, 1),
      Delete: () => this.put(null),
      Backspace: () => this.put(null),
    };
    return acts[pressed.length === 1 ? pressed.toLowerCase() : pressed];
  }

  letGo() {
    this.chosen.clear();
    this.desk.refresh();
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

  // To the nearest unit in a direction.
  go(key, direction) {
    const { cells } = this.desk.drawn;
    const from = cells.get(key);
    const reachable = [...cells.values()]
      .map((cell) => ({ cell, cost: costOf(from, cell, direction) }))
      .filter(({ cost }) => cost !== null);
    if (!reachable.length) return;
    const nearest = reachable.reduce((best, other) => (other.cost < best.cost ? other : best));
    nearest.cell.group.focus();
  }
}

function keyAt(event) {
  const hit = document.elementFromPoint(event.clientX, event.clientY);
  return hit?.closest(".cell")?.dataset.key ?? null;
}

// How far a cell is in a direction; what lies aside counts for more, what lies elsewhere is null.
function costOf(from, cell, [right, down]) {
  const [dx, dy] = [cell.x - from.x, cell.y - from.y];
  const ahead = dx * right + dy * down;
  const aside = Math.abs(dx * down) + Math.abs(dy * right);
  return ahead <= 0 || aside > ahead * WIDEST ? null : ahead + ASIDE_COST * aside;
}
