"use strict";

// How a small recurrent network writes, without a library. From top to bottom: the dice, the network, the choice of a
// character, a writer that joins the three, and the model that this page holds. What a person sees of it is in page.js.

// ---- The dice: NumPy's random numbers, so that a seed means the same here as in charlm ------------------------------

const WORD = 0xffffffffn, LONG = (1n << 64n) - 1n, VERY_LONG = (1n << 128n) - 1n;

// NumPy's SeedSequence: a seed becomes eight well mixed words of 32 bits.
function seedWords(seed) {
  const times = (a, b) => Math.imul(a, b) >>> 0;
  const folded = (word) => (word ^ (word >>> 16)) >>> 0;
  let constant = 0x43b0d7e5;
  const hashed = (word) => {
    word = (word ^ constant) >>> 0;
    constant = times(constant, 0x931e8875);
    return folded(times(word, constant));
  };
  const mixed = (x, y) => folded((times(x, 0xca01f9dd) - times(y, 0x4973f715)) >>> 0);
  const given = [Number(seed & WORD), Number((seed >> 32n) & WORD), 0, 0];
  const pool = given.map(hashed);
  for (let from = 0; from < 4; from++) {
    for (let to = 0; to < 4; to++) {
      if (from !== to) pool[to] = mixed(pool[to], hashed(pool[from]));
    }
  }
  constant = 0x8b51f9dd;
  return Array.from({ length: 8 }, (_, k) => {
    const word = (pool[k % 4] ^ constant) >>> 0;
    constant = times(constant, 0x58f38ded);
    return folded(times(word, constant));
  });
}

// PCG64 (O'Neill 2014, XSL-RR): a generator of the seed's numbers in [0, 1), one for each character.
function* throwDice(seed) {
  const words = seedWords(seed).map(BigInt);
  const [high, low, streamHigh, streamLow] = [0, 2, 4, 6].map((k) => words[k] | (words[k + 1] << 32n));
  const increment = (((streamHigh << 64n) | streamLow) << 1n | 1n) & VERY_LONG;
  const next = (state) => (state * 0x2360ed051fc65da44385df649fccf645n + increment) & VERY_LONG;
  let state = next((increment + ((high << 64n) | low)) & VERY_LONG);
  while (true) {
    state = next(state);
    const word = (state >> 64n) ^ (state & LONG), turn = state >> 122n;
    const turned = ((word >> turn) | (word << (64n - turn))) & LONG;
    yield Math.min(Math.fround(Number(turned >> 11n) / 2 ** 53), 1 - 2 ** -24);  // as float32, and below 1
  }
}

// ---- The network: a character's number and a state go in, a score for every character and the next state come out ----

const sigmoid = (x) => 1 / (1 + Math.exp(-x));

// Adds a matrix times a vector to `sums`. `matrix` has a row for each sum. Four running sums at once are faster than one.
function addProduct(sums, matrix, vector) {
  const width = vector.length, whole = width - (width % 4);
  for (let row = 0, at = 0; row < sums.length; row++, at += width) {
    let a = 0, b = 0, c = 0, d = 0, i = 0;
    for (; i < whole; i += 4) {
      a += matrix[at + i] * vector[i];
      b += matrix[at + i + 1] * vector[i + 1];
      c += matrix[at + i + 2] * vector[i + 2];
      d += matrix[at + i + 3] * vector[i + 3];
    }
    for (; i < width; i++) a += matrix[at + i] * vector[i];
    sums[row] += a + b + c + d;
  }
}

// Columns become rows, so that a product reads its numbers in the order in which they lie.
function transposed(matrix, columns) {
  const rows = matrix.length / columns, out = new Float32Array(matrix.length);
  for (let row = 0; row < rows; row++) {
    for (let column = 0; column < columns; column++) out[column * rows + row] = matrix[row * columns + column];
  }
  return out;
}

// The cells. `x` is what the input adds to the gates, `s` what the state adds; `state` is changed to the next one.
const CELLS = {
  lstm: {
    gates: 4, parts: 2,
    step([h, c], x, s, u) {
      for (let k = 0; k < u; k++) {
        const input = sigmoid(x[k] + s[k]), forget = sigmoid(x[u + k] + s[u + k]);
        const candidate = Math.tanh(x[2 * u + k] + s[2 * u + k]), output = sigmoid(x[3 * u + k] + s[3 * u + k]);
        c[k] = forget * c[k] + input * candidate;
        h[k] = output * Math.tanh(c[k]);
      }
    },
  },
  gru: {
    gates: 3, parts: 1,
    step([h], x, s, u) {
      for (let k = 0; k < u; k++) {
        const update = sigmoid(x[k] + s[k]), reset = sigmoid(x[u + k] + s[u + k]);
        const candidate = Math.tanh(x[2 * u + k] + reset * s[2 * u + k]);
        h[k] = update * h[k] + (1 - update) * candidate;
      }
    },
  },
  rnn: {
    gates: 1, parts: 1,
    step([h], x, s, u) {
      for (let k = 0; k < u; k++) h[k] = Math.tanh(x[k] + s[k]);
    },
  },
};

class Network {
  // `weights` has every array by its name, as in charlm/network/weights.py.
  constructor(cell, units, layers, weights) {
    this.cell = CELLS[cell];
    this.units = units;
    this.width = this.cell.gates * units;
    this.embeddings = weights["embedding.embeddings"];
    this.layers = Array.from({ length: layers }, (_, k) => {
      const bias = weights[`recurrent.${k}.bias`], both = bias.length > this.width;  // a GRU has one for the state, too
      return {
        kernel: transposed(weights[`recurrent.${k}.kernel`], this.width),
        recurrent: transposed(weights[`recurrent.${k}.recurrent_kernel`], this.width),
        inputBias: bias.slice(0, this.width),
        stateBias: both ? bias.slice(this.width) : new Float32Array(this.width),
      };
    });
    this.bias = weights["dense.bias"];
    this.dense = transposed(weights["dense.kernel"], this.bias.length);
    this.inputs = [];  // what each character adds to the gates of the first layer, computed when it is first read
  }

  zeroState() {
    return this.layers.map(() => Array.from({ length: this.cell.parts }, () => new Float32Array(this.units)));
  }

  // Reads one character, which changes the state.
  read(state, id) {
    let x = (this.inputs[id] ??= this.inputOf(id));
    this.layers.forEach((layer, k) => {
      if (k) {
        x = Float64Array.from(layer.inputBias);
        addProduct(x, layer.kernel, state[k - 1][0]);
      }
      const s = Float64Array.from(layer.stateBias);
      addProduct(s, layer.recurrent, state[k][0]);
      this.cell.step(state[k], x, s, this.units);
    });
  }

  inputOf(id) {
    const size = this.embeddings.length / this.bias.length, x = Float64Array.from(this.layers[0].inputBias);
    addProduct(x, this.layers[0].kernel, this.embeddings.subarray(id * size, (id + 1) * size));
    return x;
  }

  // The score of every character that may come next; the higher, the likelier.
  logits(state) {
    const scores = Float64Array.from(this.bias);
    addProduct(scores, this.dense, state[state.length - 1][0]);
    return scores;
  }
}

// ---- The choice: from scores to chances, and from chances to a character --------------------------------------------

const COLDEST = Math.fround(1e-3);  // a lower temperature counts as 0
const EDGE = 1e-5;  // charlm's sums differ by less than this: a throw so near an edge may fall on the other side there

// Numbers of characters, the likeliest first; of equal ones the lower number first.
const likeliestFirst = (logits) => [...logits.keys()].sort((a, b) => logits[b] - logits[a] || a - b);

// The chance of every character: softmax(logits / temperature). At 0 the likeliest one has all of it.
function chances(logits, temperature) {
  const [best] = likeliestFirst(logits), heat = Math.fround(temperature);
  if (heat < COLDEST) return Array.from(logits, (_, id) => (id === best ? 1 : 0));
  const shares = Array.from(logits, (score) => Math.exp((score - logits[best]) / heat));
  const total = shares.reduce((sum, share) => sum + share, 0);
  return shares.map((share) => share / total);
}

// The characters lie end to end between 0 and 1, the likeliest first, each as wide as its chance. The dice fall on one.
function fall(logits, temperature, dice) {
  const order = likeliestFirst(logits), shares = chances(logits, temperature);
  let low = 0, rank = 0;
  while (rank < order.length - 1 && low + shares[order[rank]] <= dice) low += shares[order[rank++]];
  const high = low + shares[order[rank]];
  const near = shares[order[rank]] < 1 && (dice - low < EDGE && rank > 0 || high - dice < EDGE);
  return { id: order[rank], low, high, near };
}

// ---- A writer: reads a start, then writes character by character -----------------------------------------------------

class Writer {
  constructor(model, start, temperature, seed) {
    this.model = model;
    this.temperature = temperature;
    this.dice = throwDice(seed);
    this.state = model.network.zeroState();
    this.unread = model.idsOf(start || model.lineStart);
    this.written = [];  // { character, near }
    this.forked = false;  // did a throw fall so near an edge that charlm may go on differently?
  }

  // Reads the next character of the start; says whether there was one.
  read() {
    if (!this.unread.length) return false;
    this.model.network.read(this.state, this.unread.shift());
    return true;
  }

  write(id) {
    const logits = this.model.network.logits(this.state);
    const thrown = id === undefined ? fall(logits, this.temperature, this.dice.next().value) : { id, near: false };
    this.forked ||= thrown.near;
    this.model.network.read(this.state, thrown.id);
    this.written.push({ character: this.model.alphabet[thrown.id], near: thrown.near });
  }

  get text() {
    return this.written.map((one) => one.character).join("");
  }
}

// ---- The model that this page holds ----------------------------------------------------------------------------------

const held = (id) => document.getElementById(id).textContent;

// Numbers were stored as planes (all first bytes, then all second bytes ...), which pack better, then packed by gzip.
async function unpacked(text, bytes) {
  const packed = Uint8Array.from(atob(text), (character) => character.charCodeAt(0));
  const stream = new Blob([packed]).stream().pipeThrough(new DecompressionStream("gzip"));
  const planes = new Uint8Array(await new Response(stream).arrayBuffer());
  const count = planes.length / bytes, numbers = new Uint8Array(planes.length);
  for (let plane = 0; plane < bytes; plane++) {
    for (let k = 0; k < count; k++) numbers[k * bytes + plane] = planes[plane * count + k];
  }
  const view = new DataView(numbers.buffer);
  return Float32Array.from({ length: count }, (_, k) =>
    bytes === 4 ? view.getFloat32(4 * k, true) : half(view.getUint16(2 * k, true)));
}

// A number of 16 bits: sign, five bits of exponent, ten of fraction.
function half(bits) {
  const exponent = (bits >> 10) & 31, fraction = bits & 1023;
  const size = exponent ? (1 + fraction / 1024) * 2 ** (exponent - 15) : fraction * 2 ** -24;
  return bits >> 15 ? -size : size;
}

class Model {
  constructor(card, numbers) {
    this.card = card;
    this.alphabet = Array.from(card.alphabet);  // by code points
    this.ids = new Map(this.alphabet.map((character, id) => [character, id]));
    this.lineStart = this.ids.has("\n") ? "\n" : this.alphabet[0];
    const weights = {};
    let at = 0;
    for (const [name, size] of card.weights) weights[name] = numbers.subarray(at, (at += size));
    this.network = new Network(card.cell, card.units, card.layers, weights);
  }

  idsOf(text) {
    return Array.from(text, (character) => this.ids.get(character));
  }

  unknown(text) {
    return [...new Set(text)].filter((character) => !this.ids.has(character));
  }
}

// Line ends and accents in the one way in which charlm writes them, unless the alphabet has them in another way.
function normalized(model, text) {
  const lines = text.replace(/\r\n?/g, "\n"), composed = lines.normalize("NFC");
  return model.unknown(composed).length && !model.unknown(lines).length ? lines : composed;
}

async function openModel() {
  const card = JSON.parse(held("card"));
  return new Model(card, await unpacked(held("weights"), card.bytes));
}
