/** Routes that the leak test does not ask, and why no answer of theirs can tell of a hidden record to who may not know of it. */
export const notAsked: readonly { routes: RegExp; because: string }[] = [
  {
    routes: /^\/(?:health|api\/demonstration|demonstration\/.*)$/,
    because: 'It knows nothing of any record.',
  },
  {
    routes: /^\/(?:audit\/(?:log|witness|verifier).*)$/,
    because: 'The published log holds hashes, over salts that stay inside.',
  },
  {
    routes: /^\/(?:sign-in|api\/session|api\/visits|oauth|oidc)(?:\/.*)?$/,
    because: 'It is about who signs in, before any record is looked at.',
  },
  {
    routes: /^\/api\/(?:app-requests|apps)(?:\/.*)?$/,
    because: 'It finds a patient by asking /fhir in the name of whoever is signed in.',
  },
  { routes: /^\/api\/(?:organisations|areas|system)(?:\/.*)?$/, because: 'It is about partners and places.' },
  { routes: /^\/api\/policy(?:\/.*)?$/, because: 'It is about rules, which are the same whoever there is.' },
  {
    routes: /^\/api\/(?:identity|imports|feeds|quarantine)(?:\/.*)?$/,
    because:
      'It is for the roles that keep records right, and refused to all others before anything is read.',
  },
  {
    routes: /^\/feeds\/hl7v2$/,
    because: 'It takes messages of programs, and answers with an acknowledgement.',
  },
  {
    routes: /^\/api\/privacy\/(?:odd|waiting|asked|glass\/:id\/(?:review|delay))$/,
    because:
      'It counts what waits for an officer, or notes what they found, of accesses on a list of their own.',
  },
  {
    routes: /^\/api\/audit\/(?:people|users)\/:id\/proof$/,
    because: 'A list of accesses is complete by intent, and holds hashes of them.',
  },
  {
    routes:
      /^\/api\/mine\/(?:wishes|questions|choices|people|copies|who-looked)(?:\/(?:end|accept|invitations|:id|proof|check).*)?$/,
    because: 'It keeps what a person says, or ends what they said by its own id.',
  },
  {
    routes: /^\/api\/(?:questions|corrections|copies)(?:\/.*)?$/,
    because: 'It lists what people asked of staff, by ids of its own.',
  },
  {
    routes: /^\/fhir\/(?:metadata|\.well-known\/smart-configuration|\*)$/,
    because: 'It says what the server can do.',
  },
  {
    routes: /^DELETE \/fhir\/:operation/,
    because: 'It ends an export of whoever asks, by an id of its own; those of others are not there.',
  },
  { routes: /^\/\*$/, because: 'Pages hold nothing: each asks the API in the name of its reader.' },
];
