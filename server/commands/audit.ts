import { writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { systemClock } from '../platform/clock.ts';
import { Problem } from '../platform/errors.ts';
import { dataDirOf, databaseHelp, databaseOptions, withDatabase } from './database/index.ts';
import { openRecord, recordingDb } from './on-record/index.ts';

export const summary = 'check the audit log, or a list of it; keys and witnesses';

const usage = `./openics audit verify [--key FILE] [--held FILE]     check the whole log, leaf by leaf
./openics audit verify --bundle FILE --key FILE       check a person's list that was handed over; needs no database
./openics audit list PERSON [--out FILE]              the whole list of one person with its proof
./openics audit checkpoint                            the last signed checkpoint; keep it, and give it as --held later
./openics audit keys                                  the keys of this log, the current one first
./openics audit rotate                                sign with a new key from now on
./openics audit verifier [--out FILE]                 the program that checks lists, as one file for browser or Node
./openics audit witness list                          who co-signs our checkpoints
./openics audit witness add NAME URL KEY              ask this one, too
./openics audit witness remove NAME                   ask this one no more
./openics audit follow ORIGIN KEY [KEY ...]           co-sign the checkpoints of another log
./openics audit events [--after SEQ]                   events after this place, one JSON object a line, for another system
./openics audit erase PERSON --before DATE            erase the personal text of older events; proofs go on holding

  --key FILE        keys that are trusted, one a line: those of the log, and of witnesses
  --required N      how many witnesses must have signed (default 0)
  --held FILE       a checkpoint kept from before: the log must continue it
${databaseHelp}

verify ends with 1 when anything does not hold.`;

const options = {
  ...databaseOptions,
  bundle: { type: 'string' },
  key: { type: 'string' },
  held: { type: 'string' },
  required: { type: 'string' },
  out: { type: 'string' },
  before: { type: 'string' },
  after: { type: 'string' },
  help: { type: 'boolean' },
} as const;

const parse = (args: string[]) => parseArgs({ args, allowPositionals: true, options });

export async function run(args: string[]): Promise<number> {
  const { values, positionals } = parse(args);
  const [action, ...more] = positionals;
  if (values.help === true || action === undefined) {
    console.log(usage);
    return values.help === true ? 0 : 1;
  }
  if (action === 'verifier') {
    const { verifierAsOneFile } = await import('../audit/index.ts');
    return give(verifierAsOneFile(), values.out);
  }
  if (action === 'verify') {
    const { verifyBundle, verifyStored } = await import('./audit/verify.ts');
    if (values.bundle !== undefined) return verifyBundle(values);
    return verifyStored(values);
  }
  return withDatabase({ dataDir: dataDirOf(values) }, async (db) => {
    const audit = await import('../audit/index.ts');
    const record = await openRecord(db);
    const keys = new audit.Keys(db, dataDirOf(values), systemClock);
    switch (action) {
      case 'list': {
        const person = personIn(more[0]);
        await record.note({ kind: 'export', resource: 'AuditEvent', person, rule: 'list-with-proof' });
        return give(
          JSON.stringify(await new audit.Proofs(db).list({ kind: 'person', id: person })),
          values.out,
        );
      }
      case 'checkpoint': {
        const last = await audit.lastClosing(db);
        if (last === undefined) throw new Problem('audit/empty', 404, 'The audit log is empty.');
        return give(last.note, values.out);
      }
      case 'keys':
        return give((await keys.texts()).join('\n'), values.out);
      case 'rotate': {
        const changing = recordingDb(db, record, { kind: 'policy', resource: 'AuditKey', rule: 'rotated' });
        await new audit.Keys(changing, dataDirOf(values), systemClock).rotate();
        console.log(
          'The next checkpoint is signed by both keys; those after it by the new one. Tell who trusts the old key:',
        );
        return give((await keys.texts())[0]!, values.out);
      }
      case 'witness':
        return (await import('./audit/witnesses.ts')).witnessCommand(db, record, more);
      case 'follow': {
        const [origin, ...trusted] = more;
        if (origin === undefined || trusted.length === 0)
          throw wrongUse('Give the origin and at least one key.');
        await db.transaction(async (tx) => {
          await audit.follow(tx, origin, trusted);
          record.put(tx, { kind: 'policy', resource: 'AuditLog', rule: 'followed', target: origin });
        });
        console.log(`Checkpoints of ${origin} are co-signed from now on.`);
        return 0;
      }
      case 'events':
        await record.note({ kind: 'export', resource: 'AuditEvent', query: `after=${values.after ?? ''}` });
        return (await import('./audit/events.ts')).printEvents(db, values.after);
      case 'erase': {
        const before = new Date(values.before ?? '');
        if (Number.isNaN(before.getTime())) throw wrongUse('Give a date with --before.');
        const person = personIn(more[0]);
        const erased = await db.transaction(async (tx) => {
          const act = { kind: 'delete', resource: 'AuditText', rule: 'erased', person } as const;
          record.put(tx, { ...act, query: `before=${before.toISOString()}` });
          return audit.eraseParticulars(tx, person, before);
        });
        console.log(`The personal text of ${erased} events is erased.`);
        return 0;
      }
      default:
        throw wrongUse(`There is no "audit ${action}".`);
    }
  });
}

function give(text: string, out: string | undefined): number {
  if (out === undefined) console.log(text);
  else writeFileSync(out, text.endsWith('\n') ? text : `${text}\n`);
  return 0;
}

function personIn(id: string | undefined): string {
  if (id !== undefined && /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(id)) return id.toLowerCase();
  throw wrongUse('Say which person, by id.');
}

const wrongUse = (text: string): Problem =>
  new Problem('audit/wrong-use', 400, text, { wayOut: './openics audit --help says what it takes.' });
