import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import routes from '../../web/routes.ts';

type Route = (typeof routes)[number];

const home = path.resolve(import.meta.dirname, '../..');

/** Every address there is, as a route: `people/:personId/timeline`. */
const addresses = (of: readonly Route[], above = ''): string[] =>
  of.flatMap(({ path: own = '', children }) => {
    const whole = [above, own].filter((part) => part !== '').join('/');
    return children === undefined ? [whole] : addresses(children, whole);
  });

/** What the tests say that they look at with axe. */
function walked(): Set<string> {
  const files = ['test/journeys', 'test/journeys/signed-in', 'server/signed-in'].flatMap((folder) =>
    readdirSync(path.join(home, folder))
      .filter((name) => name.endsWith('.ts'))
      .map((name) => readFileSync(path.join(home, folder, name), 'utf8')),
  );
  const said = files.flatMap((text) => [...text.matchAll(/\bwalks\(([^)]*)\)/g)]);
  return new Set(
    said.flatMap(([, names = '']) => [...names.matchAll(/'([^']*)'/g)].map(([, name = '']) => name)),
  );
}

test('at every page there is, some test looks with axe and on a narrow screen', () => {
  const all = addresses(routes);
  assert.ok(all.length > 70, `${all.length} pages`);
  const seen = walked();
  assert.deepEqual(
    all.filter((address) => !seen.has(address)),
    [],
  );
});
