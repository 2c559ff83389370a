/** Two keys, told on the page `/keys`, where they can be switched off (WCAG 2.2, 2.1.4). */

/** `?` opens the list of keys; `/` goes to the search. Not while somebody types. */
export function listenForKeys(): void {
  addEventListener('keydown', (event) => {
    if (event.ctrlKey || event.altKey || event.metaKey || event.defaultPrevented) return;
    if (isTyping(event.target) || document.querySelector('dialog[open]') !== null) return;
    if (event.key === '?') location.assign('/keys');
    else if (event.key === '/') {
      event.preventDefault();
      search();
    }
  });
}

function search(): void {
  const field = document.querySelector<HTMLInputElement>('form[role=search] input');
  if (field === null) location.assign('/people');
  else field.focus();
}

const isTyping = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement && target.closest('input, textarea, select, [contenteditable]') !== null;
