import { by, type Desk, type Write } from './write.fixture.ts';

/** Cases of review that wait. */
export const caseId = '0198a000-0000-7000-8000-0000000000c1';
export const sealedId = '0198a000-0000-7000-8000-0000000000c2';

/** Who is who. */
export function identityWrites({ patientOf }: Desk): Write[] {
  let decision = '';
  const why = { reviewer: 'AB', reason: 'Confirmed by phone' };
  const twoOf = () => ({ patientId: patientOf('bo'), otherId: patientOf('bea'), ...why });
  const replaced = () => ({
    losing: patientOf('bo'),
    surviving: patientOf('bea'),
    source: 'urn:openics:test',
  });
  return [
    {
      route: 'POST /api/identity/merge',
      fact: 'people.tie',
      ask: () => by('keeper', 'POST', '/api/identity/merge', twoOf()),
      kinds: ['link', 'link'],
      keep: (body: { decision: number }) => (decision = String(body.decision)),
    },
    {
      route: 'POST /api/identity/take-back',
      fact: 'people.tie',
      ask: () =>
        by('keeper', 'POST', '/api/identity/take-back', {
          patientId: patientOf('bo'),
          decision: Number(decision),
          ...why,
        }),
      kinds: ['link', 'link'],
    },
    {
      route: 'POST /api/identity/supersede',
      fact: 'people.tie',
      ask: () => by('keeper', 'POST', '/api/identity/supersede', replaced()),
      kinds: ['link', 'link'],
    },
    {
      route: 'POST /api/identity/unlink',
      fact: 'people.tie',
      ask: () => by('keeper', 'POST', '/api/identity/unlink', { patientId: patientOf('bo'), ...why }),
      kinds: ['link', 'link'],
    },
    {
      route: 'POST /api/identity/unsupersede',
      fact: 'people.tie',
      ask: () => by('keeper', 'POST', '/api/identity/unsupersede', replaced()),
      kinds: ['link', 'link'],
    },
    {
      route: 'POST /api/identity/cases/:id/opinions',
      fact: 'people.opinion',
      ask: () =>
        by('keeper', 'POST', `/api/identity/cases/${caseId}/opinions`, { ...why, verdict: 'cannot-tell' }),
      kinds: ['link'],
    },
    {
      route: 'POST /api/identity/sealed/:id/looks',
      fact: 'people.sealed_look',
      ask: () => by('keeper', 'POST', `/api/identity/sealed/${sealedId}/looks`, why),
      kinds: ['operate'],
    },
    {
      route: 'POST /api/identity/sealed/:id/opinions',
      fact: 'people.opinion',
      ask: () =>
        by('keeper', 'POST', `/api/identity/sealed/${sealedId}/opinions`, { ...why, verdict: 'cannot-tell' }),
      kinds: ['link'],
    },
  ];
}
