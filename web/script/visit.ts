/**
 * Warns before a visit ends and lets it go on; clears the page when it has ended. Pages in other tabs of the same browser
 * belong to the same visit, so they tell each other.
 */
import { leftWords } from './left-words.ts';

/** In milliseconds of the browser's clock. */
type Times = { warnsAt: number; endsAt: number };

type Session = { signedIn: boolean; warnsAt: string; endsAt: string; now: string };

const channelName = 'openics-visit';

/** Watches the visit that a page belongs to. The dialog says in seconds when to warn and when it ends. */
export function watchVisit(dialog: HTMLDialogElement): void {
  const channel = new BroadcastChannel(channelName);
  const left = dialog.querySelector<HTMLElement>('[data-left]')!;
  const stay = dialog.querySelector<HTMLButtonElement>('[data-stay]')!;
  const note = dialog.querySelector<HTMLElement>('[data-note]')!;
  let times: Times = {
    warnsAt: Date.now() + Number(dialog.dataset['warns']) * 1000,
    endsAt: Date.now() + Number(dialog.dataset['ends']) * 1000,
  };
  let over = false;

  const end = (): void => {
    if (over) return;
    over = true;
    document.body.replaceChildren();
    document.title = 'OpenICS';
    const here = location.pathname + location.search;
    location.replace(`/sign-in/ended?${new URLSearchParams({ to: here })}`);
  };
  const look = (): void => {
    const seconds = (times.endsAt - Date.now()) / 1000;
    if (seconds <= 0) return end();
    if (Date.now() < times.warnsAt) {
      if (dialog.open) dialog.close();
      return;
    }
    const words = leftWords(seconds);
    if (left.textContent !== words) left.textContent = words;
    if (!dialog.open) dialog.showModal();
  };
  const adopt = (fresh: Times): void => {
    if (fresh.endsAt > times.endsAt) times = fresh;
    look();
  };

  stay.addEventListener('click', async () => {
    const fresh = await askToStay().catch(() => 'away' as const);
    if (fresh === 'ended') return end();
    if (fresh === 'away') {
      note.textContent = dialog.dataset['away'] ?? '';
      return;
    }
    tell(channel, fresh);
    adopt(fresh);
    if (dialog.open) {
      note.textContent = dialog.dataset['longest'] ?? '';
      stay.hidden = true;
    }
  });
  dialog.addEventListener('cancel', (event) => {
    event.preventDefault();
    stay.click();
  });
  channel.addEventListener('message', ({ data }: MessageEvent<Times | 'ended'>) => {
    if (data === 'ended') end();
    else adopt(data);
  });
  document.addEventListener('visibilitychange', look);
  tell(channel, times);
  setInterval(look, 1000);
  look();
}

/** A page that belongs to no visit says so: pages left open in other tabs clear themselves. */
export function tellOthersItEnded(): void {
  tell(new BroadcastChannel(channelName), 'ended');
}

function tell(channel: BroadcastChannel, what: Times | 'ended'): void {
  // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a channel reaches its own origin alone
  channel.postMessage(what);
}

/** Asks the server for more time. The browser's clock may be wrong, so times are counted from the server's. */
async function askToStay(): Promise<Times | 'ended'> {
  const answer = await fetch('/api/session', { cache: 'no-store' });
  if (!answer.ok) throw new Error('The server did not answer.');
  const session = (await answer.json()) as Session;
  if (!session.signedIn) return 'ended';
  const ahead = Date.now() - Date.parse(session.now);
  return { warnsAt: Date.parse(session.warnsAt) + ahead, endsAt: Date.parse(session.endsAt) + ahead };
}
