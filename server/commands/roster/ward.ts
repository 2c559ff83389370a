import { writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { makeWard } from '../../workforce/rosters/index.ts';
import { numberIn } from './options.ts';

/** Writes a made-up ward. */
export function ward(args: string[]): number {
  const { values } = parseArgs({
    args,
    options: {
      staff: { type: 'string', default: '100' },
      weeks: { type: 'string', default: '4' },
      seed: { type: 'string', default: '1' },
      out: { type: 'string', default: 'ward.json' },
    },
  });
  const made = makeWard({
    staff: numberIn('staff', values.staff, 5, 2000),
    weeks: numberIn('weeks', values.weeks, 1, 52),
    seed: numberIn('seed', values.seed, 0),
  });
  writeFileSync(values.out, `${JSON.stringify(made, null, 1)}\n`);
  console.log(`${made.name}: ${values.out}`);
  return 0;
}
