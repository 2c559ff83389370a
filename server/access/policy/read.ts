import { readFileSync } from 'node:fs';
import path from 'node:path';
import { Compile } from 'typebox/compile';
import { isDay } from '../../organisations/index.ts';
import { Problem } from '../../platform/errors.ts';
import { once } from '../../platform/once.ts';
import { faultsOf } from './faults.ts';
import { AgreementSchema, PolicySchema, type Agreement, type Policy } from './schema.ts';

const policyCheck = once(() => Compile(PolicySchema));
const agreementCheck = once(() => Compile(AgreementSchema));

/** Reads a policy that somebody wrote. Throws a Problem that names the place of the first fault. */
export function policyFrom(value: unknown): Policy {
  if (!policyCheck().Check(value)) {
    const [error] = policyCheck().Errors(value);
    throw refused('policy', error?.instancePath, error?.message);
  }
  const [fault] = faultsOf(value);
  if (fault !== undefined) throw refused('policy', fault.place, fault.says);
  return value;
}

/** Reads an agreement to share. Throws a Problem that names the place of the first fault. */
export function agreementFrom(value: unknown): Agreement {
  if (!agreementCheck().Check(value)) {
    const [error] = agreementCheck().Errors(value);
    throw refused('agreement', error?.instancePath, error?.message);
  }
  for (const [place, day] of [
    ['from', value.from],
    ['to', value.to],
    ['review', value.review],
  ] as const) {
    if (day !== null && !isDay(day)) throw refused('agreement', `/${place}`, 'is no day of the calendar');
  }
  if (value.to !== null && value.to <= value.from)
    throw refused('agreement', '/to', 'is not after its first day');
  return value;
}

const refused = (what: 'policy' | 'agreement', place = '', says = 'cannot be read'): Problem =>
  new Problem(`access/${what}-refused`, 400, `The ${what} cannot be used: ${place || 'the whole'} ${says}.`, {
    place,
    wayOut: 'Mend it there and load it again. Until then the one before stays in force.',
  });

const parts = ['rules', 'duties', 'roles', 'parts', 'labels', 'relationships', 'views', 'proxies'];

/** The policy that comes with OpenICS, to begin from. Its parts stand in one folder, a file for each subject. Nobody may change it. */
export const shippedPolicy = once((): Policy => {
  const folder = path.join(import.meta.dirname, 'england-2026');
  const read = parts.map(
    (part) => JSON.parse(readFileSync(path.join(folder, `${part}.json`), 'utf8')) as object,
  );
  return policyFrom(frozen(Object.assign({}, ...read)));
});

function frozen<Value>(value: Value): Value {
  if (typeof value !== 'object' || value === null) return value;
  for (const part of Object.values(value)) frozen(part);
  return Object.freeze(value);
}
