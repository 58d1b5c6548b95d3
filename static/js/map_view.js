// Which part of the map is seen: zoom and pan by buttons, keys, dragging and Ctrl with the wheel.

const STEP = 1.4;
const MOST = 12;
const HAIR = 0.5; // what counts as the whole map all the same

export class View {
  constructor(drawn, redraw) {
    this.drawn = drawn;
    this.redraw = redraw;
    this.whole = { x: 0, y: 0, width: drawn.data.width, height: drawn.data.height };
    this.seen = { ...this.whole };
    drawn.svg.addEventListener("wheel", (event) => {
      if (!event.ctrlKey) return; // without it the wheel moves the page
      event.preventDefault();
      this.zoom(event.deltaY < 0 ? "in" : "out", this.at(event));
    }, { passive: false });
    new ResizeObserver(() => this.redraw()).observe(drawn.svg);
  }

  at(event) {
    const onMap = this.drawn.svg.getScreenCTM().inverse();
    const { x, y } = new DOMPoint(event.clientX, event.clientY).matrixTransform(onMap);
    return { x, y };
  }

  get zoomed() {
    return this.seen.width < this.whole.width - HAIR;
  }

  get middle() {
    const { x, y, width, height } = this.seen;
    return { x: x + width / 2, y: y + height / 2 };
  }

  zoom(way, around = this.middle) {
    if (way === "all") this.seen = { ...this.whole };
    else this.scaleTo(this.seen.width / (way === "in" ? STEP : 1 / STEP), around);
    this.show();
  }

  // The point `around` stays where it is on the screen.
  scaleTo(wanted, around) {
    const { x, y, width, height } = this.seen;
    const all = this.whole.width;
    const times = Math.min(all, Math.max(all / MOST, wanted)) / width;
    this.seen = {
      x: around.x - (around.x - x) * times,
      y: around.y - (around.y - y) * times,
      width: width * times,
      height: height * times,
    };
  }

  // By parts of what is seen.
  pan(right, down) {
    this.seen.x += this.seen.width * right;
    this.seen.y += this.seen.height * down;
    this.show();
  }

  shift(dx, dy) {
    const { scale } = this.drawn;
    this.seen.x -= dx / scale;
    this.seen.y -= dy / scale;
    this.show(false);
  }

  reveal(cell) {
    const { x, y, width, height } = this.seen;
    if (cell.x > x && cell.x < x + width && cell.y > y && cell.y < y + height) return;
    this.seen.x = cell.x - width / 2;
    this.seen.y = cell.y - height / 2;
    this.show();
  }

  show(labels = true) {
    this.seen.x = clamped(this.seen.x, this.seen.width, this.whole.width);
    this.seen.y = clamped(this.seen.y, this.seen.height, this.whole.height);
    const { x, y, width, height } = this.seen;
    this.drawn.svg.setAttribute("viewBox", `${x} ${y} ${width} ${height}`);
    this.drawn.svg.classList.toggle("is-zoomed", this.zoomed);
    if (labels) this.redraw();
  }
}

function clamped(from, size, all) {
  return Math.min(Math.max(from, 0), Math.max(all - size, 0));
}
