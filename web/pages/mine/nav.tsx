import { BandNav } from '../../components/band-nav.tsx';

const pages = [
  { to: '', text: 'My record' },
  { to: '/appointments', text: 'Appointments' },
  { to: '/health', text: 'Health' },
  { to: '/tests', text: 'Tests' },
  { to: '/letters', text: 'Plans and letters' },
  { to: '/who-looked', text: 'Who looked' },
  { to: '/choices', text: 'Choices' },
  { to: '/help', text: 'Help I need' },
  { to: '/corrections', text: 'Put right' },
  { to: '/copy', text: 'My copy' },
  { to: '/people', text: 'My people' },
];

/** The ways through a person's own view. */
export function MineNav() {
  return <BandNav label="My view" base="/mine" pages={pages} />;
}
