/** An app that the tests let in. */
import { admitClient } from '../access/sign-in/index.ts';
import type { Db } from '../platform/db/index.ts';
import { now } from './served.fixture.ts';

export const diaryId = 'asthma-diary';

/** Registers the asthma diary of Harbour and Quay Surgery, with these scopes; it is sent back to this address. */
export const admitDiary = (db: Db, scopes: string[], back = 'http://127.0.0.1:9/back'): Promise<unknown> =>
  db.transaction((tx) =>
    admitClient(
      tx,
      {
        clientId: diaryId,
        name: 'Asthma diary',
        kind: 'app',
        organisation: 'ZZ0001',
        registration: { redirect_uris: [back], launch_uri: 'http://127.0.0.1:9/launch' },
        scopes,
        registeredBy: 'test',
        from: now,
        to: undefined,
      },
      undefined,
      { by: 'test', at: now },
    ),
  );
