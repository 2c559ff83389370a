import { addWitness, readKey, removeWitness, witnesses } from '../../audit/index.ts';
import type { Db } from '../../platform/db/index.ts';
import { Problem } from '../../platform/errors.ts';
import type { CommandRecord } from '../on-record/index.ts';

/** Lists, adds or removes witnesses of our log. Gives the exit code. */
export async function witnessCommand(
  db: Db,
  record: CommandRecord,
  [action = 'list', name, url, key]: string[],
): Promise<number> {
  if (action === 'add' && name !== undefined && url !== undefined && key !== undefined) {
    if (!isReachedSafely(url) || !isWitnessKey(key, name))
      throw new Problem(
        'audit/wrong-witness',
        400,
        'The address, which must be https, or the key is not that of a witness of this name.',
      );
    await db.transaction(async (tx) => {
      await addWitness(tx, { name, url: url.replace(/\/$/, ''), key });
      record.put(tx, { kind: 'policy', resource: 'Witness', rule: 'added', target: name });
    });
    console.log(`${name} is asked from now on.`);
    return 0;
  }
  if (action === 'remove' && name !== undefined) {
    const gone = await db.transaction(async (tx) => {
      const was = await removeWitness(tx, name);
      if (was) record.put(tx, { kind: 'policy', resource: 'Witness', rule: 'removed', target: name });
      return was;
    });
    console.log(gone ? `${name} is asked no more. What it signed stays.` : `There is no witness ${name}.`);
    return gone ? 0 : 1;
  }
  if (action !== 'list')
    throw new Problem('audit/wrong-use', 400, 'A witness is added with name, address and key.', {
      wayOut: './openics audit --help says what it takes.',
    });
  const all = await witnesses(db);
  for (const each of all)
    console.log(
      `${each.name}  ${each.url}  co-signed ${each.size} leaves${each.fault === null ? '' : `; last fault: ${each.fault}`}`,
    );
  if (all.length === 0) console.log('No witness is asked.');
  return 0;
}

function isWitnessKey(line: string, name: string): boolean {
  try {
    const key = readKey(line);
    return key.kind === 'witness' && key.name === name;
  } catch {
    return false;
  }
}

/** By https; only a witness on this machine may go without. */
function isReachedSafely(address: string): boolean {
  const url = URL.parse(address);
  if (url === null) return false;
  return url.protocol === 'https:' || /^(localhost|127\.\d+\.\d+\.\d+|\[::1\])$/.test(url.hostname);
}
