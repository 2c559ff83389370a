import { parseArgs } from 'node:util';
import { openDefinitions } from '../server/record/definitions/index.ts';
import { createValidator } from '../server/record/validation/index.ts';
import { judgeBytes } from '../server/feeds/index.ts';
import { mutated, randomOf } from '../test/support/mutate.ts';
import { makeMessages } from './messages.ts';

/** Damages made-up messages at random and judges them: each must be taken or refused with its place, and none may crash. */
export async function prove(args: string[]): Promise<boolean> {
  const { values } = parseArgs({
    args,
    options: { count: { type: 'string', default: '200000' }, seed: { type: 'string', default: '1' } },
  });
  const count = Number(values.count);
  const validator = createValidator(openDefinitions({ packages: [] }));
  const random = randomOf(Number(values.seed));
  const now = new Date();
  const refusedAt = new Map<string, number>();
  let taken = 0;
  const made = makeMessages({ facility: 'RZ9', count, people: 1000, seed: Number(values.seed) });
  for (const { id, text } of made) {
    const damaged = mutated(Buffer.from(text), random);
    try {
      const place = judgeBytes(damaged, now, (resource) => validator.validate(resource));
      if (place === undefined) taken += 1;
      else refusedAt.set(place.segment, (refusedAt.get(place.segment) ?? 0) + 1);
    } catch (error) {
      console.log(`Message ${id} of seed ${values.seed} crashed the intake: ${String(error)}`);
      return false;
    }
  }
  const refused = [...refusedAt].sort(([, a], [, b]) => b - a);
  console.log(
    `${count} damaged messages: ${taken} taken, ${count - taken} refused with their place, none crashed.`,
  );
  console.log(`Refused at: ${refused.map(([segment, times]) => `${segment} ${times}`).join(', ')}`);
  return true;
}
