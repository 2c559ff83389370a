/** An OpenID provider that is not ours, in a process of its own. Prints its address; every user has the claims given. */
import { OAuth2Server } from 'oauth2-mock-server';

const claims = JSON.parse(process.argv[2] ?? '{}') as Record<string, unknown>;
const server = new OAuth2Server();
await server.issuer.keys.generate('RS256');
server.service.on('beforeTokenSigning', (token: { payload: Record<string, unknown> }) => {
  Object.assign(token.payload, claims);
});
server.service.on('beforeUserinfo', (answer: { body: Record<string, unknown> }) => {
  answer.body = { sub: claims['sub'] };
});
await server.start(0, 'localhost');
const address = server.issuer.url!;
if (process.argv[3] !== undefined) server.issuer.url = process.argv[3];
process.stdout.write(`${address}\n`);
