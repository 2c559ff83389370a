/** Made-up HL7 v2 messages for benches and proofs: the same seed gives the same messages. */

const families = [
  'Ashdown',
  'Bello',
  'Chowdhury',
  'Dunmore',
  'Evershed',
  'Farouk',
  'Grzybowski',
  'Hale',
  'Ibe',
  'Jarrett',
];
const givens = [
  'Ada',
  'Bola',
  'Chloe',
  'Dev',
  'Elin',
  'Faith',
  'Gwen',
  'Hamza',
  'Iris',
  'Jude',
  'Kezia',
  'Liam',
];
const wards = ['AMU', 'WARD3', 'WARD7', 'ICU', 'SDEC', 'MAPLE'];
const tests = [
  ['718-7', 'Haemoglobin', 'g/L', 90, 170],
  ['6690-2', 'Leucocytes', '10*9/L', 2, 20],
  ['2160-0', 'Creatinine', 'umol/L', 40, 200],
] as const;

/** A small generator of whole numbers (mulberry32). */
function numbers(seed: number): (below: number) => number {
  let state = seed >>> 0;
  return (below) => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return Math.floor((((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296) * below);
  };
}

/** A valid number from the range that is never issued. */
function nhsNumber(person: number): string {
  for (let turn = person * 2; ; turn += 1) {
    const nine = `99${String(turn % 10_000_000).padStart(7, '0')}`;
    const sum = [...nine].reduce((total, digit, index) => total + Number(digit) * (10 - index), 0);
    const check = (11 - (sum % 11)) % 11;
    if (check !== 10) return nine + String(check);
  }
}

const stamp = (minutes: number): string =>
  new Date(Date.UTC(2026, 0, 1) + minutes * 60_000).toISOString().replaceAll(/[-:T]/g, '').slice(0, 14);

export type Made = { id: string; person: number; event: string; text: string };

/**
 * Messages of one sender about its patients: registrations, stays from admission to discharge, updates and results, in the order
 * they happened.
 */
export function* makeMessages(options: {
  facility: string;
  count: number;
  people: number;
  seed: number;
  prefix?: string;
}): Generator<Made> {
  const { facility, count, people, seed, prefix = 'M' } = options;
  const pick = numbers(seed);
  const stays = new Map<number, { number: string; from: number; step: number }>();
  for (let made = 1; made <= count; made += 1) {
    const person = pick(people);
    const minutes = made;
    const id = `${prefix}${made}`;
    const at = stamp(minutes);
    const pid = patientSegment(facility, person);
    const header = (type: string) => `MSH|^~\\&|PAS|${facility}|OPENICS|QWO|${at}||${type}|${id}|P|2.4`;
    const roll = pick(10);
    if (roll < 3) {
      const [code, name, unit, low, high] = tests[pick(tests.length)]!;
      const value = low + pick(high - low);
      const obr = `OBR|1|P${id}|F${id}|${code}^${name}^LN|||${at}|||||||||C1234567^Okoro^Ngozi|||||${at}||HM|F`;
      const obx = `OBX|1|NM|${code}^${name}^LN||${value}|${unit}^${unit}^UCUM|${low}-${high}||||F|||${at}`;
      yield { id, person, event: 'R01', text: [header('ORU^R01'), pid, obr, obx, ''].join('\r') };
      continue;
    }
    const stay = stays.get(person);
    const event = roll === 9 ? 'A31' : stay === undefined ? 'A01' : ['A02', 'A08', 'A03'][stay.step % 3]!;
    const segments = [header(`ADT^${event}`), `EVN|${event}|${at}||||${at}`, pid];
    if (event !== 'A31') {
      const now = stay ?? { number: `V${facility}${made}`, from: minutes, step: -1 };
      now.step += 1;
      stays.set(person, now);
      if (event === 'A03') stays.delete(person);
      segments.push(staySegment(facility, now, wards[pick(wards.length)]!, event === 'A03' ? at : ''));
    }
    yield { id, person, event, text: [...segments, ''].join('\r') };
  }
}

function patientSegment(facility: string, person: number): string {
  const year = 1930 + (person % 90);
  const born = `${year}${String(1 + (person % 12)).padStart(2, '0')}${String(1 + (person % 28)).padStart(2, '0')}`;
  const family = families[person % families.length]!;
  const given = givens[(person * 7) % givens.length]!;
  const numbersOf = `${facility}${person}^^^${facility}^MR~${nhsNumber(person)}^^^NHS^NH`;
  const address = `${1 + (person % 120)} Marram Road^^Sandhythe^Marramshire^ZZ${1 + (person % 9)} ${person % 10}AA^GBR^H`;
  return `PID|1||${numbersOf}||${family}^${given}^^^Mx||${born}|${person % 2 === 0 ? 'F' : 'M'}|||${address}||07700${String(900_000 + (person % 1000))}||en|S|||||||A`;
}

function staySegment(
  facility: string,
  stay: { number: string; from: number },
  ward: string,
  ended: string,
): string {
  const fields: string[] = Array.from({ length: 46 }, () => '');
  Object.assign(fields, { 0: 'PV1', 1: '1', 2: 'I', 3: `${ward}^BAY2^BED3^${facility}`, 4: '21', 10: '300' });
  Object.assign(fields, {
    7: 'C1234567^Okoro^Ngozi^^^Dr^^^GMC',
    19: stay.number,
    44: stamp(stay.from),
    45: ended,
  });
  return fields.join('|');
}
