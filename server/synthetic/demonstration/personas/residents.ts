import type { Persona } from '../../../access/sign-in/index.ts';
import { somebodyBorn, type Somebody } from '../../../people/index.ts';
import type { Db } from '../../../platform/db/index.ts';
import { headsOf } from '../../../record/store/index.ts';

/** Made-up people of the demonstration who sign in as themselves, and what is known of them for it. */
export type Residents = {
  personas: Persona[];
  /** A person of 14 whom a professional found able to decide. */
  young: Somebody | undefined;
  /** A parent, and a child of theirs under 12. */
  family: { parent: Somebody; child: Somebody } | undefined;
};

const persona = (id: string, { name, nhsNumber, born }: Somebody, job: string): Persona => ({
  id,
  name,
  job,
  kind: 'person',
  roles: [],
  nhsNumber,
  birthDate: born,
});

const yearsBefore = (day: string, years: number): string =>
  `${String(Number(day.slice(0, 4)) - years).padStart(4, '0')}${day.slice(4)}`;

/** Finds them among the people who are there. Whom the system does not have is left out. */
export async function findResidents(db: Db, today: string): Promise<Residents> {
  const aged = (from: number, to: number, restricted = false) =>
    somebodyBorn(db, { from: yearsBefore(today, to), to: yearsBefore(today, from), restricted });
  const [adults, [young], children, [hidden]] = [
    await aged(25, 70),
    await aged(14, 15),
    await aged(3, 11),
    await aged(18, 70, true),
  ];
  const family = familyAmong(adults, children);
  const adult = await mostWrittenOf(
    db,
    adults.filter(({ nhsNumber }) => nhsNumber !== family?.parent.nhsNumber),
  );
  const found = [
    adult && persona('adult', adult, 'Sees their own record'),
    young && persona('young-person', young, '14 years old, and able to decide about their own record'),
    family &&
      persona('parent', family.parent, `Sees their own record, and that of their child ${family.child.name}`),
    hidden && persona('protected', hidden, 'Lives at an address that is protected'),
  ];
  return { personas: found.filter((each) => each !== undefined), young, family };
}

/** Whose record saw the most changes: theirs has something to show. */
async function mostWrittenOf(db: Db, among: readonly Somebody[]): Promise<Somebody | undefined> {
  const changes = await headsOf(
    db,
    among.map(({ patientId }) => patientId),
  );
  const written = ({ patientId }: Somebody): number => changes.get(patientId) ?? 0;
  return among.toSorted((a, b) => written(b) - written(a))[0];
}

/** A child and an adult of one family name at one postcode, the adult 20 to 45 years older. */
function familyAmong(
  adults: readonly Somebody[],
  children: readonly Somebody[],
): { parent: Somebody; child: Somebody } | undefined {
  const homes = Map.groupBy(adults, ({ home }) => home);
  for (const child of children) {
    const parent = homes
      .get(child.home)
      ?.find(({ born }) => born > yearsBefore(child.born, 45) && born < yearsBefore(child.born, 20));
    if (child.home !== null && parent !== undefined) return { parent, child };
  }
  return undefined;
}
