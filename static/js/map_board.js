// A draft while it is drawn: who is in which district, seats, and what can be undone. Nothing is
// drawn here and nothing decided: the server checks and stores.
//
// A step is a list of changes { what, key, from, to }: the home of a unit, the seats of a district,
// whether a district is fresh (its seats, null where there is none) or gone.

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
    this.stored = new Map(data.districts.map((district) => [district.number, district]));
    this.total = data.seats;
    this.near = this.neighbours();
    this.homes = new Map(data.units.map((unit) => [unit.key, unit.district]));
    this.seats = new Map(data.districts.map((district) => [district.number, district.seats]));
    this.gone = new Set();
    this.counted = new Set(); // new districts whose seats somebody has set by hand
    this.past = [];
    this.future = [];
    this.stroke = null;
    this.listeners = [];
    if (typed) this.read(typed);
  }

  neighbours() {
    const near = new Map(this.order.map((key) => [key, new Set()]));
    this.data.near.forEach(([key, other]) => {
      near.get(key).add(other);
      near.get(other).add(key);
    });
    return near;
  }

  read(typed) {
    typed.fresh.forEach((seats, number) => {
      this.seats.set(number, seats);
      this.counted.add(number);
    });
    typed.homes.forEach((number, key) => {
      if (number !== null && !this.seats.has(number)) this.seats.set(number, 0);
      if (this.homes.has(key)) this.homes.set(key, number);
    });
    typed.seats.forEach((seats, number) => {
      if (this.seats.has(number)) this.seats.set(number, seats);
    });
    typed.gone.forEach((number) => this.gone.add(number));
  }

  onChange(listener) {
    this.listeners.push(listener);
  }

  announce() {
    this.listeners.forEach((listener) => listener());
  }

  get numbers() {
    return [...this.seats.keys()]
      .filter((number) => !this.gone.has(number))
      .sort((lower, higher) => lower - higher);
  }

  home(key) {
    const number = this.homes.get(key);
    return this.gone.has(number) ? null : number;
  }

  members(number) {
    return this.order.filter((key) => this.home(key) === number);
  }

  // Number of each district -> its units, in the order of the table.
  get districts() {
    const districts = new Map(this.numbers.map((number) => [number, []]));
    this.order.forEach((key) => districts.get(this.home(key))?.push(key));
    return districts;
  }

  locked(number) {
    return Boolean(this.stored.get(number)?.locked);
  }

  free() {
    return Math.max(0, ...this.seats.keys()) + 1;
  }

  // Of these units together; null where one is not known.
  people(keys) {
    const counts = keys.map((key) => this.units.get(key).people);
    return counts.includes(null) ? null : counts.reduce((sum, count) => sum + count, 0);
  }

  // Why a unit may not go there, as the name of a sentence; nothing where it may.
  refusal(key, number) {
    const here = this.home(key);
    const unit = this.units.get(key);
    if (here === number || number === unit.district) return null; // as it is stored
    if (this.locked(here)) return { word: "locked", n: here };
    if (this.locked(number)) return { word: "locked", n: number };
    if (number === null && unit.part) return { word: "lone" };
    return null;
  }

  // Why the units may not go there, or nothing: then they are there. number null: in no district.
  place(keys, number) {
    const moving = keys.filter((key) => this.home(key) !== number);
    const refused = moving.map((key) => this.refusal(key, number)).find(Boolean);
    if (refused || !moving.length) return refused ?? null;
    this.take([
      ...this.opened(moving, number),
      ...moving.map((key) => ({ what: HOME, key, from: this.homes.get(key), to: number })),
      ...this.emptied(moving, number),
    ]);
    this.follow();
    return null;
  }

  // A district that is not there is made, one that was removed comes back.
  opened(moving, number) {
    if (number === null) return [];
    if (this.gone.has(number)) return [{ what: GONE, key: number, from: true, to: false }];
    if (this.seats.has(number)) return [];
    return [{ what: FRESH, key: number, from: null, to: this.deserved(moving) }];
  }

  // A district that was never stored goes with its last unit.
  emptied(leaving, number) {
    const moving = new Set(leaving);
    const before = new Set(leaving.map((key) => this.homes.get(key)));
    before.delete(null);
    before.delete(number);
    return [...before]
      .filter((old) => !this.stored.has(old) && this.members(old).every((key) => moving.has(key)))
      .map((old) => ({ what: FRESH, key: old, from: this.seats.get(old), to: null }));
  }

  // New districts keep the seats their people deserve until somebody sets them; part of the step.
  follow() {
    const changes = this.numbers
      .filter((number) => !this.stored.has(number) && !this.counted.has(number))
      .map((number) => ({
        what: SEATS,
        key: number,
        from: this.seats.get(number),
        to: this.deserved(this.members(number)),
      }))
      .filter((change) => change.from !== change.to);
    if (!changes.length) return;
    changes.forEach((change) => this.apply(change, change.to));
    (this.stroke || this.past[this.past.length - 1]).push(...changes);
    this.announce();
  }

  // A new district begins with the seats its people deserve, within the law; unknown people: one.
  deserved(keys) {
    const people = this.people(keys);
    const everybody = this.people(this.order);
    if (people === null || !everybody) return 1;
    const nearest = Math.round(people * this.total / everybody);
    return Math.min(this.data.most_seats, Math.max(1, nearest));
  }

  giveSeats(number, seats) {
    if (this.locked(number)) return { word: "locked", n: number };
    const possible = seats >= 0 && seats <= this.data.most_seats_typed;
    if (!this.seats.has(number) || !possible || seats === this.seats.get(number)) return null;
    this.counted.add(number);
    this.take([{ what: SEATS, key: number, from: this.seats.get(number), to: seats }]);
    return null;
  }

  remove(number, gone) {
    if (this.locked(number)) return { word: "locked", n: number };
    if (this.gone.has(number) !== gone) {
      this.take([{ what: GONE, key: number, from: !gone, to: gone }]);
    }
    return null;
  }

  // One step forward; what was undone before it cannot be done again.
  take(changes) {
    changes.forEach((change) => this.apply(change, change.to));
    if (this.stroke) this.stroke.push(...changes);
    else this.past.push(changes);
    this.future = [];
    this.announce();
  }

  apply({ what, key }, value) {
    if (what === HOME) this.homes.set(key, value);
    else if (what === GONE && value) this.gone.add(key);
    else if (what === GONE) this.gone.delete(key);
    else if (value === null) this.seats.delete(key);
    else this.seats.set(key, value);
  }

  // All changes between these two are undone as one.
  beginStroke() {
    this.stroke = [];
  }

  endStroke() {
    if (this.stroke?.length) this.past.push(this.stroke);
    this.stroke = null;
    this.announce();
  }

  undo() {
    return this.turn(this.past, this.future, (step) => {
      [...step].reverse().forEach((change) => this.apply(change, change.from));
    });
  }

  redo() {
    return this.turn(this.future, this.past, (step) => {
      step.forEach((change) => this.apply(change, change.to));
    });
  }

  // Why it may not be, as the name of a sentence; nothing where it was done.
  turn(source, target, act) {
    const step = source[source.length - 1];
    if (!step || this.stroke) return { word: "nothing" };
    const locked = step.flatMap(districtsOf).find((number) => this.locked(number));
    if (locked) return { word: "locked", n: locked };
    source.pop();
    act(step);
    target.push(step);
    this.announce();
    return null;
  }

  // Whether something of this district is not stored yet.
  touched(number) {
    const stored = this.stored.get(number);
    if (this.gone.has(number) || !stored || stored.seats !== this.seats.get(number)) return true;
    return this.order.some((key) => (
      this.changed(key) && [this.home(key), this.units.get(key).district].includes(number)
    ));
  }

  changed(key) {
    return this.home(key) !== this.units.get(key).district;
  }

  // How many things differ from what is stored.
  unsaved() {
    const moved = this.order.filter((key) => this.changed(key));
    const differ = this.numbers.filter(
      (number) => this.stored.get(number)?.seats !== this.seats.get(number),
    );
    return moved.length + differ.length + this.gone.size;
  }
}

function districtsOf(change) {
  return change.what === HOME ? [change.from, change.to] : [change.key];
}
