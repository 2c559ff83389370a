import type { Queryable } from '../platform/db/index.ts';
import { Comparer, judgeAmong, model, type Rival } from './candidates.ts';
import { Blocks, loadRivals, rivalsOf } from './match.ts';
import { keysOf, normalise, type Judgement, type Normalised } from './matching/index.ts';
import { Register } from './register.ts';
import type { Member, ObservedPatient } from './types.ts';

/** How sure a match is, in the words of FHIR (match-grade). */
export type Grade = 'certain' | 'probable' | 'possible';

export type FoundMatch = {
  patientId: string;
  personId: string;
  grade: Grade;
  /** From 0 to 1. */
  score: number;
};

/**
 * Who may be meant by these particulars, the likeliest first: every patient of each person that is like them. Nothing is written.
 * Of people whose whereabouts are protected, address, phone and e-mail count for nothing, so that nobody can find out by asking
 * where they live.
 */
export async function findMatches(db: Queryable, patient: ObservedPatient): Promise<FoundMatch[]> {
  const normalised = normalise(patient);
  const member: Member = {
    patientId: 'asked for',
    homeId: '',
    active: true,
    nhsNumber: normalised.nhsNumber,
    restricted: false,
    source: '',
    model: model.version,
    normalised,
    body: '',
  };
  const register = new Register(db, new Date(0), 'nobody');
  register.expect(member.patientId);
  const keys = keysOf(normalised, model).map(String);
  const blocks = await Blocks.under(db, keys);
  const comparer = new Comparer();
  await loadRivals(register, [{ member, keys }], { blocks, comparer, arriving: new Map() });
  for (const [id, known] of register.members)
    if (known.restricted)
      register.members.set(id, { ...known, normalised: withoutWhereabouts(known.normalised) });
  const rivals = rivalsOf(register, member, blocks.alike(keys), new Comparer());
  const judgement = judgeAmong(rivals);
  return rivals
    .flatMap((rival) =>
      rival.patients.map(({ patientId, evidence }) => ({
        patientId,
        personId: rival.personId,
        grade: gradeOf(rival, judgement),
        score: evidence.probability,
      })),
    )
    .sort(
      (a, b) =>
        order.indexOf(a.grade) - order.indexOf(b.grade) ||
        b.score - a.score ||
        (a.patientId < b.patientId ? -1 : 1),
    );
}

const order: readonly Grade[] = ['certain', 'probable', 'possible'];

/** Certain is what would be linked without a reviewer; probable what has that weight, but a rival or a contradiction. */
function gradeOf({ personId, patients }: Rival, judgement: Judgement): Grade {
  if (judgement.of === personId && judgement.verdict === 'link') return 'certain';
  const best = Math.max(...patients.map(({ evidence }) => evidence.weight));
  return best >= model.thresholds.link ? 'probable' : 'possible';
}

/** Fields that can tell where somebody lives. */
const whereabouts: ReadonlySet<string> = new Set([
  'postcode',
  'outcode',
  'postcodes',
  'house',
  'street',
  'place',
  'phones',
  'email',
  'emailUser',
]);

const withoutWhereabouts = (normalised: Normalised): Normalised =>
  Object.fromEntries(Object.entries(normalised).filter(([field]) => !whereabouts.has(field)));
