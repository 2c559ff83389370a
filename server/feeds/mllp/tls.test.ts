import assert from 'node:assert/strict';
import { connect, type ConnectionOptions, type TlsOptions } from 'node:tls';
import { test, type TestContext } from 'node:test';
import { authority, listener, other, sender, short } from './certificates.fixture.ts';
import { framed, openMllp, type Certificate } from './index.ts';

/** What a sender is answered; undefined where the connection ends first. */
async function sent(t: TestContext, as: ConnectionOptions, more: TlsOptions = {}) {
  const untrusted: unknown[] = [];
  let received = 0;
  const shown: Certificate[] = [];
  const server = await openMllp({
    port: 0,
    receiver: {
      receive: async (_bytes, certificate) => {
        received += 1;
        shown.push(certificate);
        return 'MSH|^~\\&\rMSA|AA|1\r';
      },
      refuse: () => 'refused',
    },
    admit: async () => true,
    tls: { ...listener, ca: authority, requestCert: true, rejectUnauthorized: true, ...more },
    onUntrusted: (error) => void untrusted.push(error),
  });
  t.after(() => server.stop());
  const socket = connect({ host: 'localhost', port: server.port, ca: authority, ...as });
  let text = '';
  socket.setEncoding('latin1').on('data', (part: string) => {
    text += part;
    socket.end();
  });
  socket.on('error', () => undefined);
  socket.write(framed(Buffer.from('MSH|^~\\&|a|b|c|d|1||ADT^A01|1|P|2.5\r')));
  await new Promise((resolve) => socket.on('close', resolve));
  return { text, received, shown, untrusted: untrusted.length };
}

test('a sender with a certificate of the authority is heard', async (t) => {
  const { text, received, shown, untrusted } = await sent(t, sender);
  assert.match(text, /MSA\|AA/);
  assert.match(shown[0]!, /^\S.*, SHA-256 [0-9A-F:]{95}$/);
  assert.deepEqual([received, untrusted], [1, 0]);
});

test('a sender without a certificate, or with one of another authority, is not heard, and that is told', async (t) => {
  for (const as of [{}, other]) {
    const { text, received, untrusted } = await sent(t, as);
    assert.deepEqual([text, received], ['', 0]);
    assert.equal(untrusted, 1);
  }
});

test('a certificate with an RSA key of 2048 bits is not used, and a sender with one is not heard', async (t) => {
  await assert.rejects(sent(t, sender, short), /RSA key of 2048 bits; 3072 is the least/);
  await assert.rejects(sent(t, sender, { ca: short.cert }), { place: '--mllp-ca' });
  const { text, received, untrusted } = await sent(t, short, { ca: [authority, short.cert] });
  assert.deepEqual([text, received, untrusted], ['', 0, 1]);
});

test('versions of TLS before 1.2 are not spoken', async (t) => {
  const { text, received } = await sent(t, {
    ...sender,
    minVersion: 'TLSv1',
    maxVersion: 'TLSv1.1',
    ciphers: 'DEFAULT@SECLEVEL=0',
  });
  assert.deepEqual([text, received], ['', 0]);
});
