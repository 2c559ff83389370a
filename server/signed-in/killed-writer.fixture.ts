/** Commits one change in a process of its own, and waits to be killed: `node killed-writer.fixture.ts URL CHANGE`, CHANGE as JSON. */
import { changePost, endFact } from '../access/index.ts';
import { unlink } from '../people/index.ts';
import { openDb } from '../platform/db/index.ts';

const [url, change] = process.argv.slice(2) as [string, string];
const wish = JSON.parse(change) as {
  patient: string;
  relationship?: string;
  choice?: string;
  post?: string;
  unlinked?: string;
};
const db = await openDb({ connection: { connectionString: url } });
const at = new Date();
const saying = { by: 'child', at };
await db.transaction(async (tx) => {
  const { patient, relationship, choice, post, unlinked } = wish;
  if (relationship !== undefined) await endFact(tx, 'relationship', patient, relationship, at, saying);
  if (choice !== undefined) await endFact(tx, 'choice', patient, choice, at, saying);
  if (post !== undefined) await changePost(tx, post, { to: at.getTime() }, saying);
  if (unlinked !== undefined) await unlink(tx, unlinked, { ...saying, reason: 'another person' });
});
console.log('committed');
setInterval(() => undefined, 1_000);
