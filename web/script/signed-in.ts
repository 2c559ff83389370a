/** The only script of the pages, for somebody signed in: it tells when the visit ends, and takes two keys. */
import { listenForKeys } from './keys.ts';
import { tellOthersItEnded, watchVisit } from './visit.ts';

const dialog = document.querySelector<HTMLDialogElement>('#visit-ends');
if (dialog === null) tellOthersItEnded();
else watchVisit(dialog);
if (document.documentElement.dataset['keys'] === 'on') listenForKeys();

// A page that the browser kept whole shows what may be seen no longer.
addEventListener('pageshow', (event) => {
  if (event.persisted) location.reload();
});
