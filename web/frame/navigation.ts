/** Which pages a role is offered. What may be seen on them is decided by the server, each time anew. */
import { mustChoose, type Viewer } from './viewer.ts';

export type NavigationItem = { to: string; text: string };

const people: NavigationItem = { to: '/people', text: 'Find a person' };
const system: NavigationItem = { to: '/system', text: 'Our system' };
const feeds: NavigationItem = { to: '/feeds', text: 'Feeds' };
const imports: NavigationItem = { to: '/imports', text: 'What arrived' };
const identity: NavigationItem = { to: '/identity', text: 'Doubtful matches' };
const sealed: NavigationItem = { to: '/identity/sealed', text: 'Sealed matches' };
const about: NavigationItem = { to: '/about', text: 'About' };

const care = [people, system];

/** By the sort of work in the policy. */
const byProfile: Record<string, NavigationItem[]> = {
  clinician: care,
  student: care,
  'care-worker': care,
  'social-worker': care,
  'child-protection': care,
  'safeguarding-lead': care,
  'safeguarding-administrator': care,
  administrator: care,
  'medical-examiner': care,
  'partner-worker': care,
  'drug-worker': care,
  'records-manager': [people, identity, imports, system],
  'privacy-officer': [system],
  'caldicott-guardian': [system],
  'identity-keeper': [sealed, identity, system],
  analyst: [system],
  'system-administrator': [feeds, imports, system],
};

/** The menu of whoever looks. */
export function navigationOf(viewer: Viewer): NavigationItem[] {
  if (viewer.state === 'machine') return [people, system, feeds, imports, identity, about];
  if (viewer.state !== 'signed-in' || viewer.kind === 'person' || mustChoose(viewer)) return [about];
  return [...(byProfile[viewer.role?.profile ?? ''] ?? [system]), about];
}
