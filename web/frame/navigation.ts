/** Which pages a role is offered. What may be seen on them is decided by the server, each time anew. */
import { mustChoose, type Role, type Viewer } from './viewer.ts';

/** `part`: the part of OpenICS that the policy opens to a role, or does not. */
export type NavigationItem = { to: string; text: string; part: string };

const people: NavigationItem = { to: '/people', text: 'Find a person', part: 'people' };
const system: NavigationItem = { to: '/system', text: 'Our system', part: 'organisations' };
const feeds: NavigationItem = { to: '/feeds', text: 'Feeds', part: 'feeds' };
const imports: NavigationItem = { to: '/imports', text: 'What arrived', part: 'imports' };
const identity: NavigationItem = { to: '/identity', text: 'Doubtful matches', part: 'identity' };
const privacy: NavigationItem = { to: '/privacy', text: 'Checking accesses', part: 'privacy' };
const corrections: NavigationItem = {
  to: '/rights/corrections',
  text: 'Corrections asked for',
  part: 'corrections',
};
const copies: NavigationItem = { to: '/rights/copies', text: 'Copies asked for', part: 'copies' };
const questions: NavigationItem = { to: '/privacy/questions', text: 'Questions asked', part: 'questions' };
const mine: NavigationItem = { to: '/mine', text: 'My record', part: 'mine' };
const about: NavigationItem = { to: '/about', text: 'About', part: 'page' };

/** Everybody may search for a person, but for these it is no part of their work: nearly all they searched for would be closed to them. */
const finderless = new Set(['privacy-officer', 'caldicott-guardian', 'analyst', 'system-administrator']);

/** The entry of the menu under which a page stands: the one that names most of its address. */
export function entryOf(pathname: string, items: readonly NavigationItem[]): NavigationItem | undefined {
  const over = items.filter(({ to }) => pathname === to || pathname.startsWith(`${to}/`));
  return over.toSorted((a, b) => b.to.length - a.to.length)[0];
}

/** The menu of whoever looks. */
export function navigationOf(viewer: Viewer): NavigationItem[] {
  if (viewer.state === 'machine') return [people, system, feeds, imports, identity, about];
  if (viewer.state !== 'signed-in' || mustChoose(viewer)) return [about];
  const { kind, role } = viewer;
  if (kind === 'person') return [mine, about];
  if (role === null) return [about];
  const all = [people, privacy, questions, corrections, copies, identity, feeds, imports, system, about];
  return all.filter((item) => isOffered(item, role));
}

function isOffered({ part }: NavigationItem, { parts, profile }: Role): boolean {
  if (part === people.part && (profile === null || finderless.has(profile))) return false;
  return parts.includes(part);
}
