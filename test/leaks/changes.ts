import type { Asked, Maker } from './requests.ts';
import { numberAndBirthDate } from './resources.ts';
import { writeMakers } from './writes.ts';

const sent = (kind: string, url: string, body: object, more: Partial<Asked> = {}): Asked => ({
  kind,
  method: 'POST',
  url,
  type: 'application/json',
  body: JSON.stringify(body),
  ...more,
});

/** How to come to somebody's record, and nothing else of them. */
const waysOnly = /^\{"person":"[0-9a-f-]{36}","ways":\{[^{}]*\},"claimHours":(?:\d+|null)\}$/;

const personOnly = /^\{"person":"[0-9a-f-]{36}"\}$/;

/** Ways to change something: the record, or what whoever asks may see of it. The latter only where the answer must be that nobody is there. */
export const changeMakers: readonly Maker[] = [
  ...writeMakers,
  ({ patient }) =>
    sent('identify', '/api/people/identify', numberAndBirthDate(patient), { patient, tells: waysOnly }),
  ({ viewer, patient }) =>
    viewer === 'privacy'
      ? sent('find to check on', '/api/privacy/people', numberAndBirthDate(patient), {
          patient,
          tells: personOnly,
        })
      : undefined,
  ({ untold }) =>
    untold === undefined
      ? undefined
      : sent('claim', '/api/relationships/claims', { person: `person-of-${untold}`, reason: 'In my care' }),
  ({ untold }) =>
    untold === undefined
      ? undefined
      : sent('break the glass', '/api/glass', { person: `person-of-${untold}`, reason: 'An emergency' }),
  ({ patient }) => ({ kind: 'close the glass', method: 'DELETE', url: `/api/glass/person-of-${patient}` }),
  ({ resource: { resourceType: type, id } }) => sent('seal it', '/api/mine/seals', { type, id }),
  ({ resource: { resourceType: type, id } }) => sent('open its seal', '/api/mine/seals/end', { type, id }),
  ({ resource: { resourceType: type, id } }) =>
    sent('ask for a correction of it', '/api/mine/corrections', {
      type,
      id,
      title: 'What was said',
      wrong: 'This is not so',
      should: 'Something else',
    }),
];
