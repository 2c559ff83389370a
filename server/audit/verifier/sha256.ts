/** The first 32 bits of the fractional parts of cube roots of the first 64 primes. Source: FIPS 180-4, section 4.2.2. */
const roundConstants = /* @__PURE__ */ ((): Int32Array => {
  const found = new Int32Array(64);
  for (let number = 2, count = 0; count < 64; number++) {
    let isPrime = true;
    for (let divisor = 2; divisor * divisor <= number && isPrime; divisor++) isPrime = number % divisor !== 0;
    if (isPrime) found[count++] = fractionBits(Math.cbrt(number));
  }
  return found;
})();

/** The same of square roots of the first eight primes. Source: FIPS 180-4, section 5.3.3. */
const startState = Int32Array.from([2, 3, 5, 7, 11, 13, 17, 19], (prime) => fractionBits(Math.sqrt(prime)));

function fractionBits(root: number): number {
  return ((root - Math.floor(root)) * 0x100000000) | 0;
}

const schedule = new Int32Array(64);
const state = new Int32Array(8);
const lastBlocks = new Uint8Array(128);

/**
 * SHA-256 of some bytes. Written out here because a list of thousands of short messages is hashed sooner at once than by
 * asking a browser thousands of times. Source: FIPS 180-4.
 */
export function sha256(message: Uint8Array): Uint8Array<ArrayBuffer> {
  state.set(startState);
  const whole = message.length - (message.length % 64);
  for (let at = 0; at < whole; at += 64) addBlock(message, at);
  const rest = message.length - whole;
  const end = rest < 56 ? 64 : 128;
  lastBlocks.fill(0);
  for (let i = 0; i < rest; i++) lastBlocks[i] = message[whole + i]!;
  lastBlocks[rest] = 0x80;
  writeBits(message.length, end);
  addBlock(lastBlocks, 0);
  if (end === 128) addBlock(lastBlocks, 64);
  const hash = new Uint8Array(32);
  for (let i = 0; i < 8; i++) {
    const word = state[i]!;
    hash[4 * i] = word >>> 24;
    hash[4 * i + 1] = word >>> 16;
    hash[4 * i + 2] = word >>> 8;
    hash[4 * i + 3] = word;
  }
  return hash;
}

/** The length of the message in bits, as the last eight bytes. */
function writeBits(bytes: number, end: number): void {
  const high = Math.floor(bytes / 0x20000000);
  const low = (bytes << 3) >>> 0;
  for (let i = 0; i < 4; i++) {
    lastBlocks[end - 8 + i] = high >>> (24 - 8 * i);
    lastBlocks[end - 4 + i] = low >>> (24 - 8 * i);
  }
}

function addBlock(bytes: Uint8Array, from: number): void {
  for (let i = 0, at = from; i < 16; i++, at += 4)
    schedule[i] = (bytes[at]! << 24) | (bytes[at + 1]! << 16) | (bytes[at + 2]! << 8) | bytes[at + 3]!;
  for (let i = 16; i < 64; i++) {
    const x = schedule[i - 15]!;
    const y = schedule[i - 2]!;
    const s0 = ((x >>> 7) | (x << 25)) ^ ((x >>> 18) | (x << 14)) ^ (x >>> 3);
    const s1 = ((y >>> 17) | (y << 15)) ^ ((y >>> 19) | (y << 13)) ^ (y >>> 10);
    schedule[i] = (s0 + schedule[i - 7]! + s1 + schedule[i - 16]!) | 0;
  }
  let a = state[0]!;
  let b = state[1]!;
  let c = state[2]!;
  let d = state[3]!;
  let e = state[4]!;
  let f = state[5]!;
  let g = state[6]!;
  let h = state[7]!;
  for (let i = 0; i < 64; i++) {
    const s1 = ((e >>> 6) | (e << 26)) ^ ((e >>> 11) | (e << 21)) ^ ((e >>> 25) | (e << 7));
    const t1 = (h + s1 + (g ^ (e & (f ^ g))) + roundConstants[i]! + schedule[i]!) | 0;
    const s0 = ((a >>> 2) | (a << 30)) ^ ((a >>> 13) | (a << 19)) ^ ((a >>> 22) | (a << 10));
    const t2 = (s0 + ((a & b) | (c & (a | b)))) | 0;
    h = g;
    g = f;
    f = e;
    e = (d + t1) | 0;
    d = c;
    c = b;
    b = a;
    a = (t1 + t2) | 0;
  }
  state[0]! += a;
  state[1]! += b;
  state[2]! += c;
  state[3]! += d;
  state[4]! += e;
  state[5]! += f;
  state[6]! += g;
  state[7]! += h;
}
