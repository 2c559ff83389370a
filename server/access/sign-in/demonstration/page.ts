import type { Persona } from './types.ts';

/** The page on which somebody chooses whom to be. It is a page of the provider, not of OpenICS, and looks so. */
export function choicePage(personas: readonly Persona[], action: string): string {
  const forms = personas
    .map(
      ({ id, name, job }) => `
      <li><form method="post" action="${text(action)}">
        <button name="persona" value="${text(id)}"><strong>${text(name)}</strong><br>${text(job)}</button>
      </form></li>`,
    )
    .join('');
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Choose who to be – demonstration sign-in</title>
<style>${style}</style>
</head>
<body>
<main>
<p class="mark">Demonstration. Nobody here is real, and no password is asked for.</p>
<h1>Who do you want to be?</h1>
<ul>${forms}
</ul>
</main>
</body>
</html>`;
}

export const style = `
body { margin: 0; background: #f0f4f5; color: #212b32; font: 1.1875rem/1.5 Arial, sans-serif; }
main { max-width: 60rem; margin: 0 auto; padding: 1rem; }
.mark { background: #ffeb3b; padding: .5rem 1rem; border: 2px solid #212b32; }
ul { list-style: none; padding: 0; display: grid; gap: 1rem; grid-template-columns: repeat(auto-fill, minmax(16rem, 1fr)); }
form { height: 100%; }
button { width: 100%; height: 100%; min-height: 5rem; padding: .75rem 1rem; font: inherit; color: inherit; text-align: left;
  background: #fff; border: 2px solid #4c6272; border-radius: 4px; cursor: pointer; }
button:hover { border-color: #005eb8; }
button:focus { outline: 4px solid #ffeb3b; outline-offset: 0; box-shadow: inset 0 0 0 4px #212b32; }
`;

/** A text as it may stand in a page. */
export function text(value: string): string {
  return value.replace(/[&<>"']/g, (sign) => `&#${sign.charCodeAt(0)};`);
}
