// Which part of the map is seen: zoom and pan by buttons, keys, dragging and Ctrl with the wheel.
"use strict";

const STEP = 1.4;
const MOST = 12;

export class View {
  constructor(drawn, redraw) {
    this.drawn = drawn;
    this.redraw = redraw;
    this.whole = { x: 0, y: 0, w: drawn.data.width, h: drawn.data.height };
    this.seen = { ...this.whole };
    drawn.svg.addEventListener("wheel", (event) => {
      if (!event.ctrlKey) return; // without it the wheel moves the page
      event.preventDefault();
      this.zoom(event.deltaY < 0 ? "in" : "out", this.at(event));
    }, { passive: false });
    new ResizeObserver(() => this.redraw()).observe(drawn.svg);
  }

  at(event) {
    const point = new DOMPoint(event.clientX, event.clientY).matrixTransform(this.drawn.svg.getScreenCTM().inverse());
    return { x: point.x, y: point.y };
  }

  get zoomed() { return this.seen.w < this.whole.w - 0.5; }

  zoom(way, around) {
    if (way === "all") {
      this.seen = { ...this.whole };
    } else {
      const width = this.seen.w / (way === "in" ? STEP : 1 / STEP);
      const times = Math.min(this.whole.w, Math.max(this.whole.w / MOST, width)) / this.seen.w;
      const { x, y } = around || { x: this.seen.x + this.seen.w / 2, y: this.seen.y + this.seen.h / 2 };
      this.seen = { x: x - (x - this.seen.x) * times, y: y - (y - this.seen.y) * times, w: this.seen.w * times, h: this.seen.h * times };
    }
    this.show();
  }

  // By parts of what is seen.
  pan(right, down) {
    this.seen.x += this.seen.w * right;
    this.seen.y += this.seen.h * down;
    this.show();
  }

  shift(dx, dy) {
    const scale = this.drawn.scale;
    this.seen.x -= dx / scale;
    this.seen.y -= dy / scale;
    this.show(false);
  }

  reveal(cell) {
    const { x, y, w, h } = this.seen;
    if (cell.x > x && cell.x < x + w && cell.y > y && cell.y < y + h) return;
    this.seen.x = cell.x - w / 2;
    this.seen.y = cell.y - h / 2;
    this.show();
  }

  show(labels = true) {
    const clamp = (from, size, all) => Math.min(Math.max(from, 0), Math.max(all - size, 0));
    this.seen.x = clamp(this.seen.x, this.seen.w, this.whole.w);
    this.seen.y = clamp(this.seen.y, this.seen.h, this.whole.h);
    const { x, y, w, h } = this.seen;
    this.drawn.svg.setAttribute("viewBox", `${x} ${y} ${w} ${h}`);
    this.drawn.svg.classList.toggle("is-zoomed", this.zoomed);
    if (labels) this.redraw();
  }
}
