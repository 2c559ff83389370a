import type { Kind } from '../../organisations/index.ts';
import { agreementFrom } from '../policy/read.ts';
import type { Agreement } from '../policy/schema.ts';
import type { Party } from '../types.ts';
import { dataClasses, labels, type DataClass } from '../words.ts';

/** The partners of a small care system, and what they agreed. */

export const party = (id: string, kind: Kind, name: string, bodies: string[] = inHarbour): Party => ({
  id,
  kind,
  name,
  bodies,
});

const inHarbour = ['harbour-neighbourhood', 'east-place', 'doggerland-system'];
const inEast = ['east-place', 'doggerland-system'];
const inWest = ['west-place', 'doggerland-system'];

export const practice = party('harbour-surgery', 'gp-practice', 'Harbour Surgery');
export const otherPractice = party('hill-surgery', 'gp-practice', 'Hill Surgery', inWest);
export const trust = party('dogger-trust', 'nhs-trust', 'Dogger Hospitals', ['doggerland-system']);
export const mentalHealthTrust = party('mind-trust', 'nhs-trust', 'Dogger Mental Health', [
  'doggerland-system',
]);
export const clinic = party('clinic', 'independent-provider', 'Quay Sexual Health Clinic', inEast);
export const council = party('council', 'council', 'Doggerland Council', ['doggerland-system']);
export const hospice = party('hospice', 'hospice', 'St Bride Hospice', inEast);
export const careHome = party('care-home', 'care-home', 'Seaview Care Home', inHarbour);
export const ambulance = party('ambulance', 'ambulance-trust', 'Dogger Ambulance', ['doggerland-system']);
export const drugService = party('drug-service', 'drug-and-alcohol-service', 'New Start', ['east-place']);
export const school = party('school', 'school', 'Harbour School', inHarbour);
export const housing = party('housing', 'housing-association', 'East Homes', ['east-place']);
export const charity = party('charity', 'voluntary', 'Good Neighbours', inHarbour);
export const prison = party('prison', 'prison', 'HMP Sandbank', ['doggerland-system']);
export const police = party('police', 'police', 'Dogger Police', ['doggerland-system']);
export const board = party('board', 'icb', 'NHS Doggerland', ['doggerland-system']);
export const university = party('university', 'other', 'University of Dogger', []);
export const farTrust = party('far-trust', 'nhs-trust', 'Far Hospitals', ['other-system']);

const agreed = (id: string, name: string, more: Partial<Agreement>): Agreement =>
  agreementFrom({
    id,
    name,
    from: '2025-04-01',
    to: null,
    parties: ['doggerland-system'],
    classes: dataClasses.filter((each) => each !== 'directory'),
    purposes: ['TREAT', 'ETREAT', 'BTG', 'COC', 'CAREMGT', 'PATADMIN'],
    labels: labels.filter((each) => each !== 'former-identity'),
    confidentiality: 'implied-consent',
    gdprArticle6: '6(1)(e) public task',
    gdprArticle9: '9(2)(h) health and social care',
    law: 'Health and Social Care Act 2012, section 251B',
    people: 'Everybody registered in or cared for by the system',
    retention: 'As the Records Management Code of Practice says',
    safeguards: 'Role, relationship, audit, the person’s choices',
    contact: 'Information governance lead of the board',
    review: '2027-04-01',
    ...more,
  });

const partnerClasses: DataClass[] = [
  'identity',
  'location',
  'involvement',
  'appointments',
  'referrals',
  'medication',
  'allergies',
  'plans',
  'safety',
  'education',
  'housing',
];

export const agreements: Agreement[] = [
  agreed('shared-record', 'Doggerland Shared Care Record', {
    classes: dataClasses.filter((each) => !['directory', 'education', 'housing'].includes(each)),
  }),
  agreed('east-community', 'East Place Community Agreement', {
    parties: ['east-place'],
    classes: partnerClasses,
    to: '2026-10-01',
  }),
  agreed('harbour-team', 'Harbour Neighbourhood Team', {
    parties: ['harbour-neighbourhood', 'council'],
    purposes: ['COC', 'CAREMGT'],
    classes: [...partnerClasses, 'social-care'],
  }),
  agreed('safeguarding', 'Doggerland Safeguarding Partnership', {
    parties: ['doggerland-system', 'east-place'],
    purposes: ['THREAT'],
    confidentiality: 'legal-duty',
    gdprArticle6: '6(1)(c) legal duty',
    law: 'Children Act 2004, section 11; Care Act 2014, section 45',
  }),
  agreed('out-of-area', 'Doggerland and Far Hospitals', {
    parties: ['doggerland-system', 'far-trust'],
    classes: ['identity', 'medication', 'allergies', 'conditions', 'results'],
    labels: [],
    from: '2026-01-01',
  }),
  agreed('privacy', 'Joint Privacy Office', {
    purposes: ['HCOMPL'],
    classes: ['identity', 'choices', 'access-list', 'involvement', 'documents'],
    confidentiality: 'legal-duty',
  }),
  agreed('after-death', 'Medical Examiner Service', {
    purposes: ['HDECD'],
    confidentiality: 'not-confidential',
  }),
  agreed('planning', 'Doggerland Population Analysis', {
    purposes: ['HOPERAT', 'POPHLTH', 'PUBHLTH', 'PERFMSR'],
    classes: dataClasses.filter((each) => each !== 'directory' && each !== 'location'),
  }),
  agreed('research', 'Tide Study', {
    parties: ['doggerland-system', 'university'],
    purposes: ['HRESCH'],
    classes: ['identity', 'conditions', 'results', 'medication'],
    labels: [],
    confidentiality: 's251',
    to: '2027-01-01',
  }),
  agreed('invoices', 'Invoice Checking', {
    purposes: ['HPAYMT'],
    classes: ['identity', 'appointments', 'involvement'],
    confidentiality: 's251',
  }),
  agreed('old-study', 'Ebb Study', {
    parties: ['doggerland-system', 'university'],
    purposes: ['HRESCH'],
    classes: ['allergies'],
    from: '2020-01-01',
    to: '2025-01-01',
  }),
];
