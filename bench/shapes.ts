import { once, type Request, type Target } from './load/run.ts';

/** A kind of request: how many clients send it, and the request with a number. */
export type Shape = { name: string; clients: number; make: (number: number) => Request };

type Bundle = { entry?: { resource?: Resource; response?: { location?: string } }[]; total?: number };
type Resource = { resourceType: string; id: string; [key: string]: unknown };

/** What a server holds that requests can ask for. Read from the server itself, so that its own ids are used. */
export type Sample = {
  patients: { id: string; family: string; birthDate: string }[];
  observations: Resource[];
  codes: { patient: string; code: string }[];
};

/** Posts Synthea bundles, two at a time, and gives the number of entries. Throws when one is refused. */
export async function loadBundles(target: Target, texts: string[]): Promise<number> {
  let entries = 0;
  for (const text of texts) {
    const reply = await once(target, { method: 'POST', path: '', body: text });
    if (reply.status >= 300)
      throw new Error(`${target.name} refused a bundle: ${reply.status} ${reply.body.subarray(0, 300)}`);
    entries += (JSON.parse(reply.body.toString()) as Bundle).entry?.length ?? 0;
  }
  return entries;
}

async function found(target: Target, path: string): Promise<Resource[]> {
  const reply = await once(target, { method: 'GET', path });
  if (reply.status !== 200) throw new Error(`${target.name} answered ${reply.status} to ${path}`);
  const bundle = JSON.parse(reply.body.toString()) as Bundle;
  return (bundle.entry ?? []).flatMap((entry) => (entry.resource === undefined ? [] : [entry.resource]));
}

export async function sampleOf(target: Target): Promise<Sample> {
  const patients = (await found(target, '/Patient?_count=50')).map((patient) => ({
    id: patient.id,
    family: (patient['name'] as { family: string }[])[0]!.family,
    birthDate: patient['birthDate'] as string,
  }));
  const observations: Resource[] = [];
  for (const patient of patients.slice(0, 10)) {
    observations.push(...(await found(target, `/Observation?patient=${patient.id}&_count=100`)));
  }
  const codes = observations.map((observation) => ({
    patient: (observation['subject'] as { reference: string }).reference.replace('Patient/', ''),
    code: (observation['code'] as { coding: { system: string; code: string }[] }).coding.map(
      (c) => `${c.system}|${c.code}`,
    )[0]!,
  }));
  return { patients, observations, codes };
}

const pick = <T>(list: readonly T[], number: number): T => list[(number * 7919) % list.length]!;
const get = (path: string): Request => ({ method: 'GET', path });
const fresh = (resource: Resource): Omit<Resource, 'id'> => {
  const { id: _id, meta: _meta, ...rest } = resource;
  return rest;
};

const syllables = 'bal dor fen gri hol kem lus mar nes pol rud sam tev win yor zet'.split(' ');
const given = 'Ada Ben Cora Dev Ella Finn Gita Hugo Iris Jon Kofi Lena Musa Nora Omar Pia'.split(' ');
const dayMs = 86_400_000;

/** A newborn to a centenarian, each with a name and a day of birth of their own: nobody is like the others. */
const newPatient = (number: number): string => {
  const mixed = Math.imul(number + 1, 0x9e3779b1) >>> 0;
  const part = (shift: number): number => (mixed >>> shift) & 15;
  const family = [0, 4, 8].map((shift) => syllables[part(shift)]).join('');
  const born = new Date(Date.UTC(2026, 0, 1) - (mixed % 36_500) * dayMs);
  return JSON.stringify({
    resourceType: 'Patient',
    name: [{ family: family[0]!.toUpperCase() + family.slice(1), given: [given[part(12)]] }],
    gender: mixed & 1 ? 'female' : 'male',
    birthDate: born.toISOString().slice(0, 10),
  });
};

/** The shapes that write one or a few resources. */
export function writeShapes(sample: Sample): Shape[] {
  const body = (number: number): string => JSON.stringify(fresh(pick(sample.observations, number)));
  const batch = (number: number): string =>
    JSON.stringify({
      resourceType: 'Bundle',
      type: 'batch',
      entry: Array.from({ length: 50 }, (_, i) => ({
        resource: fresh(pick(sample.observations, number * 50 + i)),
        request: { method: 'POST', url: 'Observation' },
      })),
    });
  return [
    {
      name: 'create Observation',
      clients: 8,
      make: (n) => ({ method: 'POST', path: '/Observation', body: body(n) }),
    },
    {
      name: 'create Patient',
      clients: 8,
      make: (n) => ({ method: 'POST', path: '/Patient', body: newPatient(n) }),
    },
    {
      name: 'batch of 50 Observations',
      clients: 2,
      make: (n) => ({ method: 'POST', path: '', body: batch(n) }),
    },
    {
      name: 'read Observation',
      clients: 8,
      make: (n) => get(`/Observation/${pick(sample.observations, n).id}`),
    },
    {
      name: 'read Observation, 1 client',
      clients: 1,
      make: (n) => get(`/Observation/${pick(sample.observations, n).id}`),
    },
  ];
}

const shape = (name: string, path: (n: number) => string): Shape => ({
  name,
  clients: 8,
  make: (n) => get(path(n)),
});

/** The shapes that search. */
export function searchShapes(sample: Sample): Shape[] {
  const code = (n: number): string => encodeURIComponent(pick(sample.codes, n).code);
  const coded = (n: number): string => `patient=${pick(sample.codes, n).patient}&code=${code(n)}`;
  const patient = (n: number): string => pick(sample.patients, n).id;
  const family = (n: number): string => encodeURIComponent(pick(sample.patients, n).family);
  return [
    shape('Patient?name=', (n) => `/Patient?name=${family(n)}`),
    shape('Patient?birthdate=', (n) => `/Patient?birthdate=${pick(sample.patients, n).birthDate}`),
    shape('Observation?patient&code&_sort=-date', (n) => `/Observation?${coded(n)}&_sort=-date`),
    shape('Observation?subject&_count=100', (n) => `/Observation?subject=Patient/${patient(n)}&_count=100`),
    shape('Observation?patient.name= (chained)', (n) => `/Observation?patient.name=${family(n)}`),
    shape(
      'Patient?_has:Observation:patient:code=',
      (n) => `/Patient?_has:Observation:patient:code=${code(n)}`,
    ),
    shape(
      'Encounter?patient, _include, _revinclude',
      (n) => `/Encounter?patient=${patient(n)}&_include=Encounter:patient&_revinclude=Observation:encounter`,
    ),
    shape('Observation?code&_total=accurate', (n) => `/Observation?code=${code(n)}&_total=accurate`),
    shape('Patient/$everything?_count=100', (n) => `/Patient/${patient(n)}/$everything?_count=100`),
    shape(
      'Observation?code-value-quantity (composite)',
      (n) => `/Observation?code-value-quantity=${code(n)}$gt1`,
    ),
  ];
}
