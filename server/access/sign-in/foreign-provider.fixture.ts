/** An OpenID provider that is not ours, in a process of its own. Prints its address; every user has the claims given. */
import { createPrivateKey } from 'node:crypto';
import { OAuth2Server } from 'oauth2-mock-server';
import { providerKey } from './provider-key.fixture.ts';

const [, , claimText = '{}', calledItself = '', keyName] = process.argv;
const claims = JSON.parse(claimText) as Record<string, unknown>;
const server = new OAuth2Server();
if (keyName === undefined) {
  const jwk = createPrivateKey(providerKey).export({ format: 'jwk' });
  await server.issuer.keys.add({ ...jwk, kid: 'long', alg: 'RS256' } as { kid: string; alg: string });
} else await server.issuer.keys.generate('RS256', { kid: keyName });
server.service.on('beforeTokenSigning', (token: { payload: Record<string, unknown> }) => {
  Object.assign(token.payload, claims);
});
server.service.on('beforeUserinfo', (answer: { body: Record<string, unknown> }) => {
  answer.body = { sub: claims['sub'] };
});
await server.start(0, 'localhost');
const address = server.issuer.url!;
if (calledItself !== '') server.issuer.url = calledItself;
process.stdout.write(`${address}\n`);
