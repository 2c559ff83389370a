import { parseArgs } from 'node:util';
import { systemClock } from '../platform/clock.ts';
import { Problem } from '../platform/errors.ts';
import type { AccessOptions } from './access/index.ts';
import { dataDirOf, databaseHelp, databaseOptions, withDatabase } from './database/index.ts';
import { openRecord } from './on-record/index.ts';

export const summary = 'agreements, policy, who works where, who acts for whom';

const usage = `./openics access agreements                       what is agreed about sharing, and what is in force today
./openics access agreements sign FILE             take an agreement, or what it says now, into force (JSON)
./openics access agreements end ID [--to DAY]     end one; it holds before that day, today unless said

./openics access policy                           the versions of the policy
./openics access policy write FILE                write the one in force to a file, to change it there
./openics access policy load FILE                 a new version, in force from the first day it names

./openics access posts USER                       what a user holds and held, as the audit log names them
./openics access posts give USER --role CODE --organisation CODE [--team CareTeam/ID] [--from DAY] [--to DAY]
./openics access posts end USER [--role CODE --organisation CODE]     a leaver: all of them, or one
./openics access posts name USER --person ID      which person of the record a user is: their own record,
                                                  family and colleagues are closed to them at work

./openics access acting PERSON                    who acts for somebody
./openics access acting add PERSON --proxy ID --kind KIND --reason TEXT [--from DAY] [--to DAY]
./openics access acting end PERSON --proxy ID --kind KIND
                   parent, attorney, deputy, personal-representative, claimant

./openics access choices PERSON                   what somebody chose about their information
./openics access choices add PERSON --kind KIND [--organisation CODE] [--user USER] --reason TEXT
./openics access choices end PERSON --kind KIND [--organisation CODE] [--user USER]
                   objects-to-sharing, objects-even-in-emergency, blocks-organisation, blocks-user,
                   national-data-opt-out, type-1-opt-out: for who says it on paper or by telephone

./openics access decisions PERSON                 what professionals decided about somebody
./openics access decisions add PERSON --kind KIND --reason TEXT [--to DAY]
./openics access decisions end PERSON --kind KIND
                   competent, young-person-agrees, lacks-capacity

./openics access concerns add PERSON --kind KIND --organisation CODE [--user USER] --reason TEXT [--to DAY]
./openics access concerns end PERSON --kind KIND --organisation CODE
                   safeguarding-enquiry, after-death, meeting-item: what no record shows by itself

  --by NAME         who does it
  --reason TEXT     what was seen or decided, for whoever checks it
${databaseHelp}

People are named by the id in the address of their page, so that no number or name stands in the history of
a command line. Each of these counts within a second, on every server, and is in the audit log.`;

const options = {
  ...databaseOptions,
  by: { type: 'string' },
  from: { type: 'string' },
  kind: { type: 'string' },
  organisation: { type: 'string' },
  person: { type: 'string' },
  proxy: { type: 'string' },
  reason: { type: 'string' },
  role: { type: 'string' },
  team: { type: 'string', multiple: true },
  to: { type: 'string' },
  user: { type: 'string' },
  help: { type: 'boolean' },
} as const;

export async function run(args: string[]): Promise<number> {
  const { values, positionals } = parseArgs({ args, allowPositionals: true, options });
  const [about, ...words] = positionals;
  if (values.help === true || about === undefined) {
    console.log(usage);
    return values.help === true ? 0 : 1;
  }
  return withDatabase({ dataDir: dataDirOf(values) }, async (db) => {
    const { subjects } = await import('./access/index.ts');
    const work = subjects[about];
    if (work === undefined)
      throw new Problem('access/use', 400, `There is no "access ${about}".`, {
        wayOut: './openics access --help shows what there is.',
      });
    const given: AccessOptions = values;
    return work({ db, clock: systemClock, record: await openRecord(db, values.by), words, given });
  });
}
