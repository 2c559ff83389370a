import type { Clock } from '../../platform/clock.ts';
import type { Db } from '../../platform/db/index.ts';
import { lastClosing } from '../log/store.ts';
import type { Proofs } from '../lists/proofs.ts';
import { readKey, readNote, signatureLine, signersOf, toBase64 } from '../verifier/index.ts';
import { keepCosignature, keepFault, witnesses, type WitnessRow } from './store.ts';

const patienceMs = 10_000;
const largestAnswer = 64 * 1024;

/** Asks each witness to co-sign the last checkpoint. One that fails is noted with its fault, and asked again next time. */
export async function askWitnesses(services: { db: Db; proofs: Proofs; clock: Clock }): Promise<void> {
  const { db, clock } = services;
  const closing = await lastClosing(db);
  if (closing === undefined) return;
  const waiting = (await witnesses(db)).filter(({ size }) => size < closing.size);
  await Promise.all(
    waiting.map(async (witness) => {
      try {
        const line = await askOne(services.proofs, witness, closing);
        await db.transaction((tx) =>
          keepCosignature(tx, { name: witness.name, size: closing.size, line, at: clock() }),
        );
      } catch (error) {
        const fault = error instanceof Error ? error.message : 'It could not be asked.';
        await keepFault(db, witness.name, fault, clock());
      }
    }),
  );
}

/** Gives the line with the witness's signature. Throws when it does not sign, or its signature does not hold. */
async function askOne(
  proofs: Proofs,
  witness: WitnessRow,
  closing: { size: number; note: string },
): Promise<string> {
  let from = witness.size;
  for (let attempt = 1; ; attempt++) {
    const proof = await proofs.consistency(from, closing.size);
    const hashes = proof.map((hash) => `${toBase64(hash)}\n`).join('');
    const answer = await fetch(`${witness.url}/add-checkpoint`, {
      method: 'POST',
      headers: { 'content-type': 'text/plain; charset=utf-8' },
      body: `old ${from}\n${hashes}\n${closing.note}`,
      redirect: 'error',
      signal: AbortSignal.timeout(patienceMs),
    });
    const text = (await answer.text()).slice(0, largestAnswer);
    if (answer.status === 200) return lineOf(witness, closing.note, text);
    const known = answer.status === 409 ? /^(\d{1,16})\n$/.exec(text)?.[1] : undefined;
    if (known === undefined || attempt === 3) throw new Error(`It answered ${answer.status}.`);
    if (Number(known) > closing.size)
      throw new Error(
        `It co-signed ${known} leaves; this log has ${closing.size}. Was an old backup restored?`,
      );
    from = Number(known);
  }
}

async function lineOf(witness: WitnessRow, note: string, lines: string): Promise<string> {
  const key = readKey(witness.key);
  const { text, signatures } = readNote(`${readNote(note).text}\n${lines}`);
  for (const signature of signatures) {
    const { witnesses: found } = await signersOf({ text, signatures: [signature] }, [key]);
    if (found.length > 0) return signatureLine(signature);
  }
  throw new Error('Its answer is not signed by the key it is known by.');
}
