import { BandNav } from './band-nav.tsx';

const pages = [
  { to: '', text: 'Summary' },
  { to: '/timeline', text: 'Timeline' },
  { to: '/problems', text: 'Problems' },
  { to: '/medicines', text: 'Medicines' },
  { to: '/allergies', text: 'Allergies' },
  { to: '/vaccinations', text: 'Vaccinations' },
  { to: '/results', text: 'Results' },
  { to: '/contacts', text: 'Contacts' },
  { to: '/documents', text: 'Documents' },
  { to: '/contents', text: 'Everything' },
];

/** The ways into one person's record. */
export function RecordNav({ personId }: { personId: string }) {
  return <BandNav label="This record" base={`/people/${personId}`} pages={pages} />;
}
