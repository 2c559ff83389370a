import { readFileSync } from 'node:fs';
import { Type, type Static } from 'typebox';
import { Compile } from 'typebox/compile';
import { Problem } from '../../../platform/errors.ts';
import { exceptionFault } from '../keys/strength.ts';
import { builtIn, type ClaimRules } from '../claims/rules.ts';

const Path = Type.String({ minLength: 1, maxLength: 200 });
const Mapping = Type.Object(
  {
    name: Type.Array(Path, { minItems: 1 }),
    roles: Type.Optional(
      Type.Object(
        {
          at: Path,
          id: Type.Optional(Path),
          organisation: Path,
          role: Path,
          roleName: Type.Optional(Path),
        },
        { additionalProperties: false },
      ),
    ),
    chosenRole: Type.Optional(Path),
    nhsNumber: Type.Optional(Path),
    birthDate: Type.Optional(Path),
    assurance: Type.Optional(
      Type.Object(
        { at: Path, levels: Type.Optional(Type.Record(Type.String(), Type.Number())) },
        { additionalProperties: false },
      ),
    ),
  },
  { additionalProperties: false },
);
const Provider = Type.Object(
  {
    name: Type.String({ pattern: '^[a-z][a-z0-9-]{0,39}$' }),
    label: Type.String({ minLength: 1, maxLength: 80 }),
    issuer: Type.String({ pattern: '^https?://' }),
    clientId: Type.String({ minLength: 1 }),
    clientSecretFile: Type.Optional(Type.String({ minLength: 1 })),
    privateKeyFile: Type.Optional(Type.String({ minLength: 1 })),
    scope: Type.String({ pattern: '\\bopenid\\b' }),
    kind: Type.Union([Type.Literal('staff'), Type.Literal('person')]),
    claims: Type.Union([Type.Literal('cis2'), Type.Literal('nhs-login'), Mapping]),
    leastAssurance: Type.Integer({ minimum: 0, maximum: 9 }),
    /** Hosts besides that of the issuer where its tokens or keys are. Nobody else is asked. */
    hosts: Type.Optional(
      Type.Array(Type.String({ pattern: '^[A-Za-z0-9.-]+(:[0-9]+)?$' }), { maxItems: 10 }),
    ),
    /** Asked for at the provider, such as NHS login's vtr. */
    asked: Type.Optional(Type.Record(Type.String(), Type.String())),
    /** Its RSA keys of 2048 bits are taken up to and with this day. */
    rsa2048Until: Type.Optional(
      Type.Object(
        { day: Type.String({ maxLength: 10 }), reason: Type.String({ maxLength: 200 }) },
        { additionalProperties: false },
      ),
    ),
  },
  { additionalProperties: false },
);
const Settings = Type.Object(
  { providers: Type.Array(Provider, { minItems: 1 }) },
  { additionalProperties: false },
);
const checked = Compile(Settings);

/** A provider that people sign in with. */
export type ProviderSettings = Static<typeof Provider>;

/** Reads the providers from a JSON file. Throws a Problem that names the place of the first fault. */
export function readProviders(file: string): ProviderSettings[] {
  return checkProviders(parsed(file), file);
}

/** The same for settings that were read already. */
export function checkProviders(given: unknown, place: string): ProviderSettings[] {
  if (!checked.Check(given)) {
    const [first] = checked.Errors(given);
    throw new Problem(
      'sign-in/settings',
      500,
      `The sign-in settings are not right: ${first?.message ?? 'unknown fault'}.`,
      {
        place: `${place} ${first?.instancePath ?? ''}`.trim(),
        wayOut: 'docs/security/sign-in.md shows a file for CIS2, NHS login and Keycloak.',
      },
    );
  }
  const { providers } = given;
  for (const [n, { name, issuer, rsa2048Until }] of providers.entries()) {
    const wrong = rsa2048Until === undefined ? undefined : exceptionFault(rsa2048Until);
    if (wrong !== undefined)
      throw fault(`${place} ${name} rsa2048Until`, wrong, 'docs/security/sign-in.md, keys of 2048 bits.');
    if (providers.findIndex((other) => other.name === name) !== n)
      throw fault(place, `Two providers are called ${name}.`, 'Give each a name of its own.');
    if (!issuer.startsWith('https://') && !isThisMachine(issuer))
      throw fault(
        place,
        `The provider ${name} is not reached by https.`,
        'Only a provider on this machine may go without.',
      );
  }
  return providers;
}

/** The rules by which a provider's claims are read. */
export function claimRules({ name, kind, claims, leastAssurance }: ProviderSettings): ClaimRules {
  const mapping = typeof claims === 'string' ? builtIn[claims] : claims;
  return { provider: name, kind, mapping, leastAssurance };
}

/** True for an address of this machine. */
export function isThisMachine(address: string): boolean {
  return /^(localhost|127\.\d+\.\d+\.\d+|\[::1\])$/.test(new URL(address).hostname);
}

function fault(place: string, message: string, wayOut: string): Problem {
  return new Problem('sign-in/settings', 500, message, { place, wayOut });
}

function parsed(file: string): unknown {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch (error) {
    const why = error instanceof SyntaxError ? 'is not JSON' : 'cannot be read';
    throw fault(file, `The sign-in settings ${why}.`, 'Check the file, or start without it.');
  }
}
