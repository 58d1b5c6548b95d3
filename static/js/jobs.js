// How far long work is, asked for once a second; when it has ended the page is loaded anew.

const SECOND = 1000; // milliseconds
const LONGEST_WAIT = 8 * SECOND;

class Watch {
  constructor(box) {
    this.box = box;
    this.bar = box.querySelector("progress");
    this.places = [...box.querySelectorAll("[data-text]")];
    this.state = null;
    this.wait = SECOND;
  }

  show(job) {
    this.places.forEach((place) => say(place, job.texts[place.dataset.text]));
    if (this.bar) {
      this.bar.max = job.of;
      this.bar.value = job.done;
    }
    const turned = this.state !== null && this.state !== job.state;
    if (job.ended || turned) window.location.reload();
    this.state = job.state;
    this.wait = SECOND;
  }

  lost() {
    say(this.places.find((place) => place.dataset.text === "sentence"), this.box.dataset.lost);
    this.wait = Math.min(this.wait * 2, LONGEST_WAIT);
  }

  async look() {
    try {
      const answer = await fetch(this.box.dataset.job, { headers: { Accept: "application/json" } });
      const json = (answer.headers.get("Content-Type") || "").startsWith("application/json");
      if (!answer.ok || !json) throw new Error(String(answer.status));
      this.show(await answer.json());
    } catch {
      this.lost();
    }
    this.lookLater();
  }

  lookLater() {
    window.setTimeout(() => this.look(), this.wait);
  }
}

function say(place, text) {
  if (place.textContent !== text) place.textContent = text; // a screen reader hears changes only
}

const box = document.querySelector("[data-job]");
if (box?.dataset.job) new Watch(box).lookLater();
