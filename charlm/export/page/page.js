"use strict";

// What a person sees and can do: the tabs of the page. The network itself is in network.js.

const SLICE = 8;  // milliseconds of computing at a time, so that the page never freezes
const SHOWN = 12;  // bars
const NARROWEST = 0.025;  // a stretch of the throw below this share has no room for its letter
const SIGNS = { "\n": "⏎", "\t": "⇥", " ": "␣", "\u00a0": "⍽" };
const UNSEEN = /[\p{Cc}\p{Cf}\u2028\u2029]/u;  // these would hide or turn their neighbours
const $ = (id) => document.getElementById(id);

// A new element with that class and that text or those children. Text is only ever text.
function element(tag, name = "", ...children) {
  const made = document.createElement(tag);
  if (name) made.className = name;
  made.append(...children);
  return made;
}

const sign = (character) =>
  SIGNS[character] ?? (UNSEEN.test(character) ? `U+${character.codePointAt(0).toString(16).toUpperCase().padStart(4, "0")}` : character);
const visible = (character) => (UNSEEN.test(character) && !"\n\t".includes(character) ? sign(character) : character);

class Page {
  constructor(model, words) {
    this.model = model;
    this.words = words;
    this.turn = 0;  // whoever writes stops when another turn has begun
    this.walk = null;
  }

  say(name, facts = {}) {
    return this.words[name].replace(/\{(\w+)\}/g, (_, fact) => facts[fact]);
  }

  percent(share) {
    return share.toLocaleString(document.documentElement.lang, { style: "percent", minimumFractionDigits: 1 });
  }

  // A number in the reader's signs; anything else as it is.
  number(value, digits = {}) {
    return typeof value === "number"
      ? value.toLocaleString(document.documentElement.lang, { maximumFractionDigits: 3, ...digits }) : value;
  }

  // What was chosen above the tabs; null if it is not valid, and then the reason is shown.
  chosen() {
    const start = normalized(this.model, $("start").value), unknown = this.model.unknown(start);
    const seed = $("seed").value.trim(), length = Number($("length").value);
    const wrong = unknown.length ? this.say("unknown", { characters: unknown.map(sign).join(" ") })
      : !/^\d{1,19}$/.test(seed) || BigInt(seed) >= 1n << 63n ? this.say("wrongSeed")
      : !(Number.isInteger(length) && length >= 1 && length <= 10000) ? this.say("wrongLength") : "";
    $("problem").textContent = wrong;
    return wrong ? null : { start, seed: BigInt(seed), length, temperature: Number($("temperature").value) };
  }

  // Lets the writers read their start and write side by side, in slices; `show` draws after each slice. With a length of
  // 0 they only read. Says whether they came to the end.
  async run(writers, length, show = () => {}) {
    const turn = ++this.turn;
    let written = 0;
    const left = () => written < length || writers.some((writer) => writer.unread.length);
    document.body.classList.add("writing");
    while (left()) {
      const until = performance.now() + SLICE;
      while (left() && performance.now() < until) {
        if (writers.filter((writer) => writer.read()).length) continue;
        writers.forEach((writer) => writer.write());
        written += 1;
      }
      show();
      await new Promise((done) => setTimeout(done));
      if (turn !== this.turn) return false;
    }
    document.body.classList.remove("writing");
    return true;
  }

  stop() {
    this.turn += 1;
    document.body.classList.remove("writing");
  }

  // The start and what was written. `framed` is the place of the character that gets a frame.
  draw(into, start, written, framed) {
    const parts = [element("span", "given", ...Array.from(start, visible))];
    let plain = "";
    written.forEach(({ character, near }, place) => {
      const shown = visible(character);
      if (!near && place !== framed) return void (plain += shown);
      parts.push(plain, element("span", place === framed ? "parts" : "near", character === "\n" ? "⏎\n" : shown));
      plain = "";
    });
    into.replaceChildren(...parts, plain);
  }

  async write() {
    const asked = this.chosen();
    if (!asked) return;
    const writer = new Writer(this.model, asked.start, asked.temperature, asked.seed);
    $("told").textContent = "";
    const done = await this.run([writer], asked.length, () => this.draw($("written"), asked.start, writer.written));
    this.text = asked.start + writer.text;
    if (done) $("told").textContent = this.say(writer.forked ? "doneForked" : "done", asked);
  }

  async compare() {
    const asked = this.chosen();
    if (!asked) return;
    const heats = [...document.querySelectorAll("#columns input")].map((input) => Number(input.value));
    const writers = heats.map((heat) => new Writer(this.model, asked.start, heat, asked.seed));
    const columns = [...document.querySelectorAll("#columns pre")];
    const done = await this.run(writers, Math.min(asked.length, 1000), () => writers.forEach((writer, k) => {
      const left = k ? writers[k - 1].written : [];
      const parts = writer.written.findIndex((one, place) => place < left.length && one.character !== left[place].character);
      this.draw(columns[k], asked.start, writer.written, parts < 0 ? undefined : parts);
    }));
    if (done) $("compared").textContent = this.say(writers.some((w) => w.forked) ? "doneForked" : "done", asked);
  }

  // The bars of the next character, raw and heated. With `pick`, each character is a button.
  drawBars(into, logits, temperature, pick) {
    const raw = chances(logits, 1), heated = chances(logits, temperature);
    const bar = (kind, share) => {
      const track = element("span", "track"), filled = element("span", `bar ${kind}`);
      filled.style.width = `${100 * share}%`;
      track.append(filled);
      return element("td", "", track, element("span", "number", this.percent(share)));
    };
    into.replaceChildren(...likeliestFirst(logits).slice(0, SHOWN).map((id) => {
      const name = sign(this.model.alphabet[id]), button = element("button", "", name);
      button.type = "button";
      button.title = this.say("pick");
      button.addEventListener("click", () => this.step(id));
      const head = element("th", "", pick ? button : name);
      head.scope = "row";
      return element("tr", "", head, bar("raw", raw[id]), bar("heated", heated[id]));
    }));
  }

  // What may come after the start, in the tab of the chances. A start is read once, however the slider moves.
  async expect() {
    const asked = this.chosen();
    if (!asked) return;
    if (this.known?.start !== asked.start) {
      const writer = new Writer(this.model, asked.start, asked.temperature, asked.seed);
      if (!(await this.run([writer], 0))) return;
      this.known = { start: asked.start, logits: this.model.network.logits(writer.state) };
    }
    this.drawBars($("expected"), this.known.logits, Number($("temperature").value), false);
  }

  // The walk: one character at a time. Each step keeps a writer's state, so that one can go back.
  async begin() {
    const asked = this.chosen();
    if (!asked) return;
    const writer = new Writer(this.model, asked.start, asked.temperature, asked.seed);
    if (!(await this.run([writer], 0))) return;
    this.walk = { ...asked, writer, dice: throwDice(asked.seed), numbers: [], states: [structuredClone(writer.state)] };
    $("thrown").textContent = this.say("throwEmpty");
    $("strip").replaceChildren();
    this.drawWalk();
  }

  // Throws the dice, or takes the character with that id.
  async step(id) {
    if (!this.walk) await this.begin();
    const walk = this.walk, written = walk?.writer.written;
    if (!walk) return;
    while (walk.numbers.length <= written.length) walk.numbers.push(walk.dice.next().value);
    const logits = this.model.network.logits(walk.writer.state), temperature = Number($("temperature").value);
    const number = walk.numbers[written.length], thrown = fall(logits, temperature, number);
    const shares = chances(logits, temperature);
    walk.writer.write(id ?? thrown.id);
    walk.states.push(structuredClone(walk.writer.state));
    const at = (place) => this.number(place, { minimumFractionDigits: 3 });
    $("thrown").textContent = id === undefined
      ? this.say("fell", { number: at(number), character: sign(this.model.alphabet[thrown.id]), low: at(thrown.low), high: at(thrown.high) })
      : this.say("byHand", { character: sign(this.model.alphabet[id]), chance: this.percent(shares[id]) });
    this.drawThrow(id === undefined ? number : null, likeliestFirst(logits), shares, id ?? thrown.id);
    this.drawWalk();
  }

  drawThrow(number, order, shares, hit) {
    const stretches = order.filter((id) => shares[id] >= 0.001 || id === hit).map((id) => {
      const stretch = element("span", id === hit ? "hit" : "", shares[id] >= NARROWEST ? sign(this.model.alphabet[id]) : "");
      stretch.style.width = `${100 * shares[id]}%`;
      return stretch;
    });
    const arrow = element("span", "arrow", "▼");
    arrow.style.left = `${100 * (number ?? 0)}%`;
    $("strip").replaceChildren(...(number === null ? [] : [arrow]), element("div", "strip", ...stretches));
  }

  back(length) {
    const walk = this.walk;
    if (!walk || length < 0) return;
    walk.writer.written.length = length;
    walk.states.length = length + 1;
    walk.writer.state = structuredClone(walk.states[length]);
    $("strip").replaceChildren();
    $("thrown").textContent = this.say("throwEmpty");
    this.drawWalk();
  }

  drawWalk() {
    const { writer, start } = this.walk;
    this.draw($("walked"), start, writer.written);
    this.drawBars($("choice"), this.model.network.logits(writer.state), Number($("temperature").value), true);
  }

  // What moves with the slider.
  moved() {
    $("heat").textContent = $("temperature").value;
    if (!$("tab-next").hidden) this.expect();
    if (this.walk) this.drawWalk();
  }

  show(tab) {
    for (const button of document.querySelectorAll("[role=tab]")) {
      const here = button.getAttribute("aria-controls") === tab;
      button.setAttribute("aria-selected", here);
      button.tabIndex = here ? 0 : -1;
      $(button.getAttribute("aria-controls")).hidden = !here;
    }
    if (tab === "tab-next") this.expect();
    if (tab === "tab-dice" && !this.walk) this.begin();
  }

  connect() {
    for (const one of document.querySelectorAll("[data-say]")) one.textContent = this.say(one.dataset.say);
    for (const [name, fact] of this.model.card.facts) {
      $("facts").append(element("dt", "", this.words[name]), element("dd", "", this.number(fact)));
    }
    $("name").textContent = this.model.card.name;
    const { bytes, smallLoss } = this.model.card;
    if (bytes === 2) $("small").textContent = this.say("small", { smallLoss: this.number(smallLoss) });
    const tabs = [...document.querySelectorAll("[role=tab]")];
    tabs.forEach((button, k) => {
      button.addEventListener("click", () => this.show(button.getAttribute("aria-controls")));
      button.addEventListener("keydown", ({ key }) => {
        const other = tabs[(k + { ArrowRight: 1, ArrowLeft: tabs.length - 1 }[key]) % tabs.length];
        other?.focus();
        other?.click();
      });
    });
    const on = (id, event, act) => $(id).addEventListener(event, act);
    on("write", "click", () => this.write());
    on("stop", "click", () => this.stop());
    on("copy", "click", () => this.copy());
    on("compare", "click", () => this.compare());
    on("stop-columns", "click", () => this.stop());
    on("throw", "click", () => this.step());
    on("back", "click", () => this.back((this.walk?.writer.written.length ?? 0) - 1));
    on("afresh", "click", () => this.begin());
    on("temperature", "input", () => this.moved());
    on("start", "input", () => (this.chosen(), $("tab-next").hidden || this.expect(), this.walk = null));
    on("again", "click", () => ($("seed").value = String(Math.floor(Math.random() * 2 ** 31)), this.walk = null, this.chosen()));
    this.moved();
  }

  copy() {
    const area = $("copied");  // works where a page from a file may not use the clipboard
    area.value = this.text ?? "";
    area.hidden = false;
    area.select();
    document.execCommand("copy");
    area.hidden = true;
    $("told").textContent = this.say("copied");
  }
}

const words = JSON.parse(held("words")), language = navigator.language.startsWith("es") ? "es" : "en";
document.documentElement.lang = language;
$("closed").textContent = words[language].opening;
const opened = openModel().then((model) => {
  const page = new Page(model, words[language]);
  page.connect();
  $("closed").remove();
  $("open").hidden = false;
  return page;
}, () => ($("closed").textContent = words[language].tooOld));
