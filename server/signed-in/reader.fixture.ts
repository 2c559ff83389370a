/** A server as far as facts go: for each line `USER PATIENT` it says what it knows now, as JSON. `node reader.fixture.ts URL`. */
import { createInterface } from 'node:readline';
import { openDesk } from '../access/index.ts';
import { personsBehind } from '../people/index.ts';
import { openDb } from '../platform/db/index.ts';

const open = (all: readonly { to: number | null }[]): number => all.filter(({ to }) => to === null).length;

const db = await openDb({ connection: { connectionString: process.argv[2]! } });
const desk = openDesk(db);
console.log('ready');
for await (const line of createInterface({ input: process.stdin })) {
  const [user = '', patient = ''] = line.split(' ');
  const { person, patientIds } = (await personsBehind(db, [patient])).get(patient)!;
  const { posts, facts } = await desk.know({ user, person, patientIds, at: Date.now(), day: '2026-05-12' });
  const known = {
    posts: open(posts),
    relationships: open(facts.relationships),
    choices: open(facts.choices),
  };
  console.log(JSON.stringify({ ...known, patients: patientIds.length }));
}
