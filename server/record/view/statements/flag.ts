import type { Flag } from '@medplum/fhirtypes';
import { conceptKey, conceptTitle, mainCoding, statusCode } from '../reading/codes.ts';
import { dayOf } from '../reading/dates.ts';
import { practitionerName } from '../reading/sources.ts';
import { together, type Reader } from './statement.ts';

/** Reads a flag: a warning or need that everyone who meets the person should know. */
export const readFlag: Reader = (filed, lookup) => {
  const flag = filed.resource as unknown as Flag;
  const code = conceptKey(flag.code);
  return {
    kind: 'flag',
    group: code,
    key: [code, dayOf(flag.period?.start)].join(' '),
    title: conceptTitle(flag.code) ?? 'Flag without a name',
    code: mainCoding(flag.code),
    when: flag.period?.start,
    standing:
      flag.status === 'active' ? 'current' : flag.status === 'entered-in-error' ? 'set-aside' : 'past',
    signedBy: practitionerName(flag.author, filed.resource, lookup),
    facts: {
      status: flag.status,
      category: together(flag.category?.map((each) => statusCode(each) ?? conceptTitle(each))),
      endedOn: dayOf(flag.period?.end),
    },
  };
};
