import { agreementFrom, putAgreement, rulesNow, ukDay, type Agreement } from '../../access/index.ts';
import { isDay } from '../../organisations/index.ts';
import { jsonIn, needed, wrong, type Asked, type Work } from './asked.ts';

/** Agreements to share, as they are signed and ended. Each says what it said before, ended. */
export const agreements: Work = async (asked) => {
  const [act, which] = asked.words;
  if (act === undefined) return list(asked);
  if (act === 'sign') return put(asked, agreementFrom(jsonIn('FILE', which)));
  if (act === 'end') return end(asked, needed('ID', which));
  throw wrong('agreements', `There is no "access agreements ${act}".`);
};

async function list({ db, clock }: Asked): Promise<number> {
  const today = ukDay(clock().getTime());
  const { agreements: all } = await rulesNow(db);
  if (all.length === 0) console.log('Nothing is agreed: every organisation sees only what it holds itself.');
  for (const { id, name, from, to, parties, purposes } of all) {
    const state = from > today ? 'not yet' : to !== null && to <= today ? 'ended' : 'in force';
    console.log(`${id.padEnd(24)} ${state.padEnd(9)} from ${from}${to === null ? '' : ` to ${to}`}  ${name}`);
    console.log(`    ${parties.length} parties; ${purposes.join(' ')}`);
  }
  return 0;
}

async function end(asked: Asked, id: string): Promise<number> {
  const { to = ukDay(asked.clock().getTime()) } = asked.given;
  if (!isDay(to)) throw wrong('--to', `${to} is no day. It looks like 2026-04-01.`);
  const found = (await rulesNow(asked.db)).agreements.find((each) => each.id === id);
  if (found === undefined) throw wrong('ID', `There is no agreement ${id}.`);
  return put(asked, agreementFrom({ ...found, to }));
}

async function put({ db, clock, record }: Asked, agreement: Agreement): Promise<number> {
  await db.transaction((tx) => putAgreement(tx, agreement, { by: record.who.user, at: clock() }));
  const { id, from, to } = agreement;
  console.log(`${id} holds from ${from}${to === null ? '' : ` and before ${to}`}.`);
  return 0;
}
