import assert from 'node:assert/strict';
import { chmodSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, test } from 'node:test';
import * as fc from 'fast-check';
import { secretsAt, smallVault } from '../../../test/support/small-vault.ts';
import { fileOf, nameOf } from './names.ts';
import {
  moveHome,
  moveOut,
  openKeeper,
  reference,
  secretFile,
  secretText,
  type Holding,
  type Keeper,
} from './index.ts';

const folder = mkdtempSync(path.join(tmpdir(), 'openics-secrets-'));
after(() => rmSync(folder, { recursive: true }));
const vault = await smallVault({ after });

/** The keepers that take secrets. Each test uses names of its own. */
const takers: Record<string, Keeper> = {
  files: await openKeeper(`files:${path.join(folder, 'kept')}`),
  vault: await openKeeper(vault.settings()),
};

for (const [kind, keeper] of Object.entries(takers)) {
  test(`${kind}: a secret is kept, found, and never overwritten by another of its name`, async () => {
    assert.equal(await keeper.read('database/run'), undefined);
    assert.equal(await keeper.add('database/run', 'first'), true);
    assert.equal(await keeper.add('database/run', 'second'), false);
    assert.deepEqual(await keeper.read('database/run'), ['first']);
  });

  test(`${kind}: of many that make a secret at once one does, and all read the same`, async () => {
    const values = Array.from({ length: 8 }, (_, n) => `value ${n}`);
    const made = await Promise.all(values.map((value) => keeper.add('sealing/links', value)));
    assert.equal(made.filter(Boolean).length, 1);
    assert.deepEqual(await keeper.read('sealing/links'), [values[made.indexOf(true)]]);
  });

  test(`${kind}: the value before can be read until it is ended`, async () => {
    await keeper.add('postgres/one', 'old');
    await keeper.change('postgres/one', 'new');
    assert.deepEqual(await keeper.read('postgres/one'), ['new', 'old']);
    await keeper.change('postgres/one', 'newest');
    assert.deepEqual(await keeper.read('postgres/one'), ['newest', 'new']);
    await keeper.endFormer('postgres/one');
    assert.deepEqual(await keeper.read('postgres/one'), ['newest']);
  });

  test(`${kind}: a destroyed secret is told from one that never was, and another can take its name`, async () => {
    await keeper.add('audit/key', 'private');
    await keeper.destroy('audit/key');
    await assert.rejects(keeper.read('audit/key'), { code: 'secrets/destroyed' });
    const values = Array.from({ length: 4 }, (_, n) => `another ${n}`);
    const made = await Promise.all(values.map((value) => keeper.add('audit/key', value)));
    assert.equal(made.filter(Boolean).length, 1);
    assert.deepEqual(await keeper.read('audit/key'), [values[made.indexOf(true)]]);
    await keeper.destroy('audit/key');
    await keeper.change('audit/key', 'asked for');
    assert.deepEqual(await keeper.read('audit/key'), ['asked for']);
  });

  test(`${kind}: the list has names, never values`, async () => {
    await keeper.add('listed/one', 'do-not-list-me');
    await keeper.change('listed/one', 'nor-me');
    await keeper.add('listed/two', 'nor-this');
    await keeper.destroy('listed/two');
    const all = await keeper.list();
    const listed = all.filter(({ name }) => name.startsWith('listed/'));
    assert.deepEqual(
      listed.map(({ name, state, hasFormer }) => [name, state, hasFormer]),
      [
        ['listed/one', 'kept', true],
        ['listed/two', 'destroyed', false],
      ],
    );
    assert.ok(listed.every(({ since }) => since !== undefined && since.getTime() > 0));
    assert.doesNotMatch(JSON.stringify(all), /do-not-list-me|nor-me|nor-this/);
  });

  test(`${kind}: a secret moves out and home again; broken off anywhere, it is not lost`, async () => {
    const homes = ['none', 'bring', 'leave', 'read', 'add', 'destroy'];
    for (const [n, breaks] of homes.entries()) {
      const name = `moved/${n}`;
      const held: { text: string | undefined } = { text: `secret of ${breaks}` };
      const holding: Holding = {
        name,
        about: 'a test',
        home: 'memory',
        atHome: async () => held.text,
        bring: async (value) => {
          held.text = value;
          if (breaks === 'bring') throw new Error('killed');
        },
        leave: async () => {
          if (breaks === 'leave') throw new Error('killed');
          held.text = undefined;
        },
      };
      const killing = killedAfter(keeper, breaks);
      const lies = async (): Promise<string | undefined> => held.text ?? (await keeper.read(name))?.[0];
      await moveOut(holding, killing).catch(mustBeKilled);
      assert.equal(await lies(), `secret of ${breaks}`);
      if (breaks === 'leave') continue;
      await moveOut(holding, keeper);
      assert.equal(held.text, undefined);
      await moveHome(holding, killing).catch(mustBeKilled);
      assert.equal(await lies(), `secret of ${breaks}`);
      await moveHome({ ...holding, bring: async (value) => void (held.text = value) }, keeper);
      assert.equal(held.text, `secret of ${breaks}`);
      await assert.rejects(keeper.read(name), { code: 'secrets/destroyed' });
      assert.equal(
        await moveOut({ ...holding, leave: async () => void (held.text = undefined) }, keeper),
        true,
      );
      assert.deepEqual(await keeper.read(name), [`secret of ${breaks}`]);
    }
  });

  test(`${kind}: a secret of the same name that somebody else put there is not taken for ours`, async () => {
    await keeper.add('moved/other', 'theirs');
    let left = false;
    const holding: Holding = {
      name: 'moved/other',
      about: '',
      home: 'memory',
      atHome: async () => 'ours',
      bring: async () => undefined,
      leave: async () => void (left = true),
    };
    await assert.rejects(moveOut(holding, keeper), { code: 'secrets/taken' });
    await assert.rejects(moveHome(holding, keeper), { code: 'secrets/taken' });
    assert.equal(left, false);
    assert.deepEqual(await keeper.read('moved/other'), ['theirs']);
  });
}

/** A keeper that does one thing, and then its process is killed. */
function killedAfter(keeper: Keeper, step: string): Keeper {
  const once =
    <Args extends unknown[], Gives>(name: string, work: (...args: Args) => Promise<Gives>) =>
    async (...args: Args): Promise<Gives> => {
      const gives = await work(...args);
      if (name === step) throw new Error('killed');
      return gives;
    };
  return {
    ...keeper,
    read: once('read', keeper.read),
    add: once('add', keeper.add),
    destroy: once('destroy', keeper.destroy),
  };
}

function mustBeKilled(error: unknown): void {
  assert.equal((error as Error).message, 'killed');
}

test('files that others can read are not taken, and ours are for our account alone', async () => {
  const kept = path.join(folder, 'strict');
  const keeper = await openKeeper(`files:${kept}`);
  await keeper.add('database/run', 'secret');
  const file = path.join(kept, 'database.run');
  assert.equal(statSync(file).mode & 0o777, 0o600);
  assert.equal(statSync(kept).mode & 0o777, 0o700);
  assert.deepEqual(readdirSync(kept), ['database.run']);
  chmodSync(file, 0o640);
  await assert.rejects(keeper.read('database/run'), { code: 'secrets/open-to-others' });
});

test('what systemd hands over is read by its name, and nothing is written there', async (t) => {
  const credentials = mkdtempSync(path.join(folder, 'credentials-'));
  writeFileSync(path.join(credentials, 'database.run'), 'handed over\n', { mode: 0o400 });
  process.env['CREDENTIALS_DIRECTORY'] = credentials;
  t.after(() => delete process.env['CREDENTIALS_DIRECTORY']);
  const keeper = await openKeeper('systemd');
  await keeper.check();
  assert.deepEqual(await keeper.read('database/run'), ['handed over']);
  assert.equal(await keeper.read('database/writer'), undefined);
  assert.deepEqual(
    (await keeper.list()).map(({ name }) => name),
    ['database/run'],
  );
  for (const work of [
    keeper.add('a/b', 'c'),
    keeper.change('database/run', 'c'),
    keeper.endFormer('database/run'),
    keeper.destroy('database/run'),
  ])
    await assert.rejects(work, { code: 'secrets/read-only' });
  process.env['CREDENTIALS_DIRECTORY'] = path.join(folder, 'not there');
  await assert.rejects((await openKeeper('systemd')).check(), { code: 'secrets/unreadable' });
});

test('where a secret or its file would stand, its name may stand', async (t) => {
  const set = secretsAt(t, `files:${path.join(folder, 'kept')}`);
  await takers['files']!.add('sign-in/trust', 'client secret\n');
  assert.equal(await secretText('secret:sign-in/trust'), 'client secret');
  assert.equal(await secretFile('secret:sign-in/trust'), 'client secret');
  assert.equal(await secretText('as it is'), 'as it is');
  const file = path.join(folder, 'plain');
  writeFileSync(file, 'in a file\n');
  assert.equal(await secretFile(file), 'in a file');
  await assert.rejects(secretText('secret:sign-in/nobody'), { code: 'secrets/missing' });
  await assert.rejects(secretText('secret:../../etc/passwd'), { code: 'secrets/name' });
  set('');
  await assert.rejects(secretText('secret:sign-in/trust'), { code: 'secrets/no-keeper' });
  await assert.rejects(secretFile(path.join(folder, 'none')), { code: 'secrets/unreadable' });
});

test('a setting that names nobody is refused', async () => {
  for (const wrong of [
    'vault',
    'vault:',
    'vault:relative.json',
    'files:',
    'files:here',
    'systemd:x',
    'hsm:1',
    'x',
  ])
    await assert.rejects(openKeeper(wrong), { code: 'secrets/setting' });
});

test('a name is a file of one folder and back, and leads nowhere else', () => {
  const part = fc.stringMatching(/^[a-z0-9][a-z0-9-]{0,20}$/);
  fc.assert(
    fc.property(fc.array(part, { minLength: 1, maxLength: 5 }), (parts) => {
      const name = parts.join('/');
      assert.equal(nameOf(fileOf(name)), name);
      assert.doesNotMatch(fileOf(name), /\/|\.\./);
      assert.equal(reference(name), `secret:${name}`);
    }),
  );
  fc.assert(
    fc.property(fc.string(), (text) => {
      if (!/^[a-z0-9][a-z0-9-]*(\/[a-z0-9][a-z0-9-]*)*$/.test(text)) assert.throws(() => fileOf(text));
    }),
  );
});

test('no file of a keeper is left half written', () => {
  for (const file of readdirSync(path.join(folder, 'kept'))) {
    assert.doesNotMatch(file, /~new/);
    if (!file.endsWith('~destroyed')) assert.ok(readFileSync(path.join(folder, 'kept', file)).length > 0);
  }
});
