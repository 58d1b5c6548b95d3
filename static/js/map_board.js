// A draft while it is drawn: who is in which district, seats, and what can be undone. Nothing is
// drawn here and nothing decided: the server checks and stores.
"use strict";

const HOME = "home";
const SEATS = "seats";
const FRESH = "fresh";
const GONE = "gone";

export class Board {
  // data: the plan as it is stored; typed: what the form holds, where it came back with faults.
  constructor(data, typed) {
    this.data = data;
    this.units = new Map(data.units.map((unit) => [unit.key, unit]));
    this.order = data.units.map((unit) => unit.key);
    this.stored = new Map(data.districts.map((one) => [one.number, one]));
    this.total = data.seats;
    this.near = new Map(this.order.map((key) => [key, new Set()]));
    data.near.forEach(([a, b]) => { this.near.get(a).add(b); this.near.get(b).add(a); });
    this.homes = new Map(this.order.map((key) => [key, this.units.get(key).district]));
    this.seats = new Map(data.districts.map((one) => [one.number, one.seats]));
    this.gone = new Set();
    this.counted = new Set(); // new districts whose seats somebody has set by hand
    this.past = [];
    this.future = [];
    this.stroke = null;
    this.listeners = [];
    if (typed) this.read(typed);
  }

  read(typed) {
    typed.fresh.forEach((seats, number) => { this.seats.set(number, seats); this.counted.add(number); });
    typed.homes.forEach((number, key) => {
      if (number !== null && !this.seats.has(number)) this.seats.set(number, 0);
      if (this.homes.has(key)) this.homes.set(key, number);
    });
    typed.seats.forEach((seats, number) => { if (this.seats.has(number)) this.seats.set(number, seats); });
    typed.gone.forEach((number) => this.gone.add(number));
  }

  onChange(listener) { this.listeners.push(listener); }
  tell() { this.listeners.forEach((listener) => listener()); }

  get numbers() { return [...this.seats.keys()].filter((n) => !this.gone.has(n)).sort((a, b) => a - b); }
  home(key) { const number = this.homes.get(key); return this.gone.has(number) ? null : number; }
  members(number) { return this.order.filter((key) => this.home(key) === number); }
  locked(number) { return Boolean(number !== null && this.stored.get(number) && this.stored.get(number).locked); }
  free() { return Math.max(0, ...this.seats.keys()) + 1; }

  people(keys) {
    const counts = keys.map((key) => this.units.get(key).people);
    return counts.includes(null) ? null : counts.reduce((sum, count) => sum + count, 0);
  }

  // Why a unit may not go there, as the name of a sentence; nothing where it may.
  refusal(key, number) {
    const here = this.home(key);
    if (here === number || number === this.units.get(key).district) return null; // as it is stored
    if (this.locked(here)) return { word: "locked", n: here };
    if (this.locked(number)) return { word: "locked", n: number };
    if (number === null && this.units.get(key).part) return { word: "lone" };
    return null;
  }

  place(keys, number) {
    const moving = keys.filter((key) => this.home(key) !== number);
    const refused = moving.map((key) => this.refusal(key, number)).find(Boolean);
    if (refused) return refused;
    const changes = moving.map((key) => ({ what: HOME, key, from: this.homes.get(key), to: number }));
    if (!changes.length) return null;
    if (number !== null && this.gone.has(number)) changes.unshift({ what: GONE, key: number, from: true, to: false });
    if (number !== null && !this.seats.has(number)) {
      changes.unshift({ what: FRESH, key: number, from: null, to: this.deserved(moving) });
    }
    this.make([...changes, ...this.emptied(moving, number)]);
    this.follow();
    return null;
  }

  // New districts keep the seats their people deserve until somebody sets them; part of the step.
  follow() {
    const changes = this.numbers.filter((number) => !this.stored.has(number) && !this.counted.has(number))
      .map((number) => ({ what: SEATS, key: number, from: this.seats.get(number), to: this.deserved(this.members(number)) }))
      .filter((one) => one.from !== one.to);
    if (!changes.length) return;
    changes.forEach((one) => this.apply(one.what, one.key, one.to));
    (this.stroke || this.past[this.past.length - 1]).push(...changes);
    this.tell();
  }

  // A new district begins with the seats its people deserve, 1 to 3; unknown people: one.
  deserved(keys) {
    const [people, all] = [this.people(keys), this.people(this.order)];
    if (people === null || !all) return 1;
    return Math.min(3, Math.max(1, Math.round(people * this.total / all)));
  }

  // A district that was never stored goes with its last unit.
  emptied(leaving, number) {
    const moving = new Set(leaving);
    const before = new Set(leaving.map((key) => this.homes.get(key)));
    return [...before].filter((old) => old !== null && old !== number && !this.stored.has(old)
      && this.members(old).every((key) => moving.has(key)))
      .map((old) => ({ what: FRESH, key: old, from: this.seats.get(old), to: null }));
  }

  giveSeats(number, seats) {
    if (this.locked(number)) return { word: "locked", n: number };
    if (!this.seats.has(number) || seats < 0 || seats > 99 || seats === this.seats.get(number)) return null;
    this.counted.add(number);
    this.make([{ what: SEATS, key: number, from: this.seats.get(number), to: seats }]);
    return null;
  }

  remove(number, gone) {
    if (this.locked(number)) return { word: "locked", n: number };
    if (this.gone.has(number) !== gone) this.make([{ what: GONE, key: number, from: !gone, to: gone }]);
    return null;
  }

  make(changes) {
    changes.forEach((one) => this.apply(one.what, one.key, one.to));
    if (this.stroke) this.stroke.push(...changes);
    else this.past.push(changes);
    this.future = [];
    this.tell();
  }

  apply(what, key, value) {
    if (what === HOME) this.homes.set(key, value);
    else if (what === GONE) value ? this.gone.add(key) : this.gone.delete(key);
    else if (value === null) this.seats.delete(key);
    else this.seats.set(key, value);
  }

  // All changes between these two are undone as one.
  beginStroke() { this.stroke = []; }
  endStroke() {
    if (this.stroke && this.stroke.length) this.past.push(this.stroke);
    this.stroke = null;
    this.tell();
  }

  undo() { return this.turn(this.past, this.future, (step) => [...step].reverse().map((one) => [one, one.from])); }
  redo() { return this.turn(this.future, this.past, (step) => step.map((one) => [one, one.to])); }

  // Why it may not be, as the name of a sentence; nothing where it was done.
  turn(from, to, values) {
    const step = from[from.length - 1];
    if (!step || this.stroke) return { word: "nothing" };
    const numbers = step.flatMap((one) => (one.what === HOME ? [one.from, one.to] : [one.key]));
    const locked = numbers.find((number) => this.locked(number));
    if (locked) return { word: "locked", n: locked };
    from.pop();
    values(step).forEach(([one, value]) => this.apply(one.what, one.key, value));
    to.push(step);
    this.tell();
    return null;
  }

  // Whether something of this district is not stored yet.
  touched(number) {
    const stored = this.stored.get(number);
    return this.gone.has(number) || !stored || stored.seats !== this.seats.get(number)
      || this.order.some((key) => this.changed(key) && [this.home(key), this.units.get(key).district].includes(number));
  }

  changed(key) { return this.home(key) !== this.units.get(key).district; }

  // How many things differ from what is stored.
  unsaved() {
    const moved = this.order.filter((key) => this.changed(key)).length;
    const other = this.numbers.filter((n) => !this.stored.has(n) || this.stored.get(n).seats !== this.seats.get(n));
    return moved + other.length + this.gone.size;
  }
}
