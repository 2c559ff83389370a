import { verifierAsOneFile } from '../../audit/index.ts';

const text = (value: string): string =>
  value.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');

/** What the page does with the file somebody chose. It runs in their browser, from their own disk. */
const run = `
const field = document.getElementById('file');
const out = document.getElementById('out');
const say = (good, words) => { out.className = good ? 'good' : 'bad'; out.textContent = words; };
field.addEventListener('change', async () => {
  const [file] = field.files;
  if (!file) return;
  say(true, 'Checking ...');
  let bundle;
  try { bundle = JSON.parse(await file.text()); } catch { say(false, 'This file cannot be read. Choose the file you saved.'); return; }
  const keys = document.getElementById('keys').value.split('\\n').filter((line) => line !== '');
  const found = await verifyList(bundle, { keys });
  if (!found.holds) { say(false, 'This list is not right. ' + found.fault); return; }
  const n = found.events;
  say(true, 'This list is whole. It holds ' + n + (n === 1 ? ' look' : ' looks') + ', up to ' + new Date(found.closedAt).toLocaleString('en-GB') + '. Nothing was left out, and nothing was changed.');
});
`;

const style = `body{font:1.1rem/1.5 Arial,sans-serif;max-width:40em;margin:2em auto;padding:0 1em;color:#212b32}
output{display:block;margin:1em 0;padding:1em;border-left:6px solid #d8dde0;font-weight:600}
output.good{border-color:#007f3b}output.bad{border-color:#d5281b}
textarea{width:100%;box-sizing:border-box;font-family:monospace}`;

/**
 * A page to keep, with which a person checks their list by themselves: it asks no server, and needs no network. `keys` are the lines that
 * name the keys of the log.
 */
export const checkPage = (keys: readonly string[]): string => `<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="content-security-policy" content="default-src 'none'; script-src 'unsafe-inline'; style-src 'unsafe-inline'">
<title>Check a list of who looked</title><style>${style}</style></head>
<body>
<h1>Check your list</h1>
<p>You saved a list of who looked at your record. Choose that file. This page checks it on your own device. It sends nothing to anybody.</p>
<p><label for="file">The file you saved</label><br><input type="file" id="file" accept=".json,application/json"></p>
<output id="out" for="file">Nothing was checked yet.</output>
<h2>How to be even more sure</h2>
<p>The list is signed. The key of who signs is below. Ask somebody you trust for the key, from another place. If it is not the same, trust neither.</p>
<p><label for="keys">Key of the log</label><textarea id="keys" rows="${keys.length + 1}">${text(keys.join('\n'))}</textarea></p>
<script type="module">
${verifierAsOneFile().replaceAll('</script', '<\\/script')}
${run}
</script>
</body>
</html>
`;
