/** What waits for somebody in this role, each part only as far as they may see it. */
import type { LoaderFunctionArgs } from 'react-router';
import { readIfAllowed } from '../../api/client.ts';
import type { Feed } from '../../api/feeds.ts';
import type { Statistics } from '../../api/identity.ts';
import type { QuarantinePage } from '../../api/imports.ts';
import type { Branch, SystemView } from '../../api/system.ts';
import { navigationOf } from '../../frame/navigation.ts';
import { placeOf } from '../../frame/place.ts';
import type { Viewer } from '../../frame/viewer.ts';

export type Today = {
  findsPeople: boolean;
  matches: Pick<Statistics, 'waiting' | 'oldest' | 'reasons'> | undefined;
  feeds: Feed[] | undefined;
  /** How many entries could not be stored. */
  heldBack: number | undefined;
  around: { name: string; branches: Branch[] } | undefined;
  /** What waits for who checks on accesses. */
  checking: Checking | undefined;
  /** Records whoever looks has opened by breaking the glass, and until when. */
  opened: Opened[];
};

export type Checking = {
  glasses: number;
  /** Odd accesses of today that nobody noted; null where there are too many accesses to look through by the way. */
  odd: number | null;
  day: string;
} & Record<'questions' | 'corrections' | 'copies', { waiting: number; due: string | null }>;

export type Opened = { person: string; until: string; reason: string };

type Context = Readonly<LoaderFunctionArgs['context']>;

/** Reads what the menu of whoever looks leads to. */
export async function loadToday(context: Context, request: Request, viewer: Viewer): Promise<Today> {
  const offered = new Set(navigationOf(viewer).map(({ to }) => to));
  const whenOffered = <Body>(page: string, path: string): Promise<Body | undefined> =>
    offered.has(page) ? readIfAllowed<Body>(context, path) : Promise.resolve(undefined);
  const [matches, feeds, quarantine, around, glass, waiting, asked] = await Promise.all([
    whenOffered<Statistics>('/identity', '/api/identity/cases/statistics'),
    whenOffered<{ feeds: Feed[] }>('/feeds', '/api/feeds'),
    whenOffered<QuarantinePage>('/imports', '/api/quarantine?state=open'),
    offered.has('/system') ? aroundOf(context, request) : undefined,
    whenOffered<{ open: Opened[] }>('/people', '/api/glass'),
    whenOffered<Pick<Checking, 'glasses' | 'odd' | 'day'>>('/privacy', '/api/privacy/waiting'),
    whenOffered<Pick<Checking, 'questions' | 'corrections' | 'copies'>>('/privacy', '/api/privacy/asked'),
  ]);
  return {
    findsPeople: offered.has('/people'),
    matches,
    feeds: feeds?.feeds,
    heldBack: quarantine?.counts.open,
    around,
    checking: waiting === undefined || asked === undefined ? undefined : { ...waiting, ...asked },
    opened: glass?.open ?? [],
  };
}

/** The parts of the chosen place; without a choice, those of the one system there is. */
async function aroundOf(context: Context, request: Request): Promise<Today['around']> {
  const chosen = placeOf(request);
  if (chosen !== undefined) {
    const view = await systemWithin(context, chosen.id);
    if (view?.body != null) return { name: view.body.name, branches: view.branches };
  }
  const whole = await readIfAllowed<SystemView>(context, '/api/system');
  const [only, ...others] = whole?.branches ?? [];
  if (only === undefined || others.length > 0) return undefined;
  const view = await systemWithin(context, only.id);
  return view === undefined ? undefined : { name: only.name, branches: view.branches };
}

const systemWithin = (context: Context, id: string): Promise<SystemView | undefined> =>
  readIfAllowed(context, `/api/system?${new URLSearchParams({ within: id })}`);
