import { Problem } from '../../platform/errors.ts';
import { keeper, secretText } from '../../platform/secrets/index.ts';

type Environment = Record<string, string | undefined>;

/** The passwords that an administrator may keep, each of an account of the database. */
type PasswordOf = 'DATABASE_PASSWORD' | 'DATABASE_RUN_PASSWORD' | 'DATABASE_WRITER_PASSWORD';

/** A password that the environment gives, or names: `secret:NAME` is what the keeper of secrets has. Undefined where there is none. */
export async function givenPassword(environment: Environment, of: PasswordOf): Promise<string | undefined> {
  const given = environment[of];
  return given === undefined || given === '' ? undefined : secretText(given);
}

/**
 * The database's address with its password, which may be given apart. Undefined where the embedded PostgreSQL is to be used. Where somebody
 * keeps secrets, this asks whether they can be had at all, before anything is opened.
 */
export async function givenAddress(environment: Environment): Promise<string | undefined> {
  await (await keeper())?.check();
  const address = environment['DATABASE_URL'];
  const password = await givenPassword(environment, 'DATABASE_PASSWORD');
  if (address === undefined || address === '' || password === undefined) return address;
  const url = URL.parse(address);
  if (url === null || url.username === '' || url.password !== '')
    throw new Problem('database/password', 400, 'DATABASE_PASSWORD does not fit DATABASE_URL.', {
      wayOut: 'Give DATABASE_URL as postgresql://user@host:5432/database, without a password.',
    });
  url.password = encodeURIComponent(password);
  return url.href;
}
