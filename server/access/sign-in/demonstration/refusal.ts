import { style, text } from './page.ts';

/** What the demonstration's provider says when it refuses. The words are the provider's own; they hold no person's data. */
export function refusalPage(error: string, description: string): string {
  return `<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><title>Sign-in refused – demonstration</title><style>${style}</style></head>
<body><main><h1>This sign-in was refused</h1><p>${text(description)} (${text(error)})</p>
<p><a href="/">Go back to OpenICS</a></p></main></body>
</html>`;
}
