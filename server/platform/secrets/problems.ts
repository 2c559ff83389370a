import { Problem } from '../errors.ts';

/** Everything that can go wrong with a keeper of secrets, each with its way out. */
export const problems = {
  badSetting: (given: string) =>
    new Problem('secrets/setting', 400, 'OPENICS_SECRETS does not say who keeps secrets.', {
      place: given.slice(0, 200),
      wayOut: 'Give files:FOLDER, systemd, or vault:FILE with its settings. docs/security/secrets.md',
    }),
  badName: (name: string) =>
    new Problem('secrets/name', 400, 'This is no name of a secret.', {
      place: name.slice(0, 100),
      wayOut: 'A name has small letters, digits and hyphens, in parts joined by a slash: database/run',
    }),
  noKeeper: (name: string) =>
    new Problem(
      'secrets/no-keeper',
      500,
      `The secret ${name} lies with a keeper, and this start knows of none.`,
      {
        place: name,
        wayOut: 'Set OPENICS_SECRETS as it was when the secret was moved there.',
      },
    ),
  missing: (name: string, place: string) =>
    new Problem('secrets/missing', 500, `The secret ${name} is not there.`, {
      place,
      wayOut: 'Put it there, or check the mount, path and namespace of the settings.',
    }),
  destroyed: (name: string, place: string) =>
    new Problem('secrets/destroyed', 500, `The secret ${name} was deleted or destroyed.`, {
      place,
      wayOut: `Undelete it where that can be done, or make a new one: ./openics secrets rotate ${name}`,
    }),
  notAKey: (name: string) =>
    new Problem('secrets/not-a-key', 500, `The secret ${name} is not a key of 32 bytes.`, {
      place: name,
      wayOut: 'Put back the one before it, where the keeper has it.',
    }),
  taken: (name: string, place: string) =>
    new Problem('secrets/taken', 409, `There is another secret called ${name}.`, {
      place,
      wayOut: 'Nothing was changed. Give each OpenICS a path of its own there.',
    }),
  onlyHandsOver: (place: string) =>
    new Problem('secrets/read-only', 409, 'This keeper only hands over what others put there.', {
      place,
      wayOut: 'Change the secret where it comes from, then start anew.',
    }),
  openToOthers: (file: string) =>
    new Problem('secrets/open-to-others', 500, 'Other accounts of this machine can read a secret.', {
      place: file,
      wayOut: `chmod 600 ${file}, and give the secret a new value if somebody may have seen it.`,
    }),
  unreadable: (file: string, cause: unknown) =>
    new Problem('secrets/unreadable', 500, 'A file with a secret cannot be read.', {
      place: file,
      wayOut: 'Check that it is there, and that this account may read it.',
      cause,
    }),
  away: (place: string, cause: unknown) =>
    new Problem('secrets/away', 503, 'The vault does not answer.', {
      place,
      wayOut: 'Check the address, the authority of its certificate, and that it runs. Then start again.',
      cause,
    }),
  sealed: (place: string) =>
    new Problem('secrets/sealed', 503, 'The vault is sealed, or not made yet.', {
      place,
      wayOut: 'Let those who hold its keys unseal it. Then start again.',
    }),
  denied: (place: string) =>
    new Problem('secrets/denied', 403, 'The vault does not let us do this.', {
      place,
      wayOut: 'Check that the token or login still holds, and its policy: docs/security/secrets.md has one.',
    }),
  loginRefused: (place: string) =>
    new Problem('secrets/login-refused', 403, 'The vault does not take our login.', {
      place,
      wayOut: 'Give a new secret id or token, and check the role.',
    }),
  changedMeanwhile: (name: string, place: string) =>
    new Problem('secrets/changed-meanwhile', 409, `Somebody else changed the secret ${name} just now.`, {
      place,
      wayOut: 'Nothing was changed. Look, then try again.',
    }),
  keepsNoFormer: (name: string, place: string) =>
    new Problem(
      'secrets/keeps-no-former',
      409,
      `The keeper does not keep the value of ${name} from before.`,
      {
        place,
        wayOut:
          'Nothing was changed. Let the vault keep at least two versions (max_versions), then try again.',
      },
    ),
  strangeAnswer: (place: string, status: number) =>
    new Problem('secrets/answer', 502, `The vault gave an answer that is not understood (${status}).`, {
      place,
      wayOut: 'Check that the address is that of the active vault, and that the mount is KV version 2.',
    }),
};
