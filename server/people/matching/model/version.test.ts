import assert from 'node:assert/strict';
import { hash } from 'node:crypto';
import { test } from 'node:test';
import { compare } from '../compare.ts';
import { keysOf } from '../keys.ts';
import { normalise } from '../normalise/index.ts';
import { crowd } from '../../crowd.fixture.ts';
import { defaultModel } from './default.ts';

/** What each version of the model stood for. A version is never given to another model: links and cases name it. */
const versions: { readonly [version: string]: string } = {
  'openics-2026-11-22': '063d23bdcf346068',
  'openics-2026-11-22.2': 'b22b26574896e588',
};

/** The model as text, with what it makes of a crowd: normal forms, keys, weights and vetoes. */
function digestOfModel(): string {
  const records = crowd(60, 7).map(normalise);
  const pairs = records.flatMap((a, index) =>
    records.slice(index + 1).map((b) => compare(a, b, defaultModel)),
  );
  const said = {
    model: { ...defaultModel, version: undefined },
    records,
    keys: records.map((record) => keysOf(record, defaultModel).map(String)),
    pairs: pairs.map(({ weight, vetoes, agreement }) => ({ weight, vetoes, agreement })),
  };
  return hash('sha256', JSON.stringify(said)).slice(0, 16);
}

test('who changes the model, or how records are compared, gives it a new version', () => {
  const { version } = defaultModel;
  assert.equal(
    digestOfModel(),
    versions[version],
    `The model is not what ${version} stood for: raise the version in default.ts and add its digest here.`,
  );
});
