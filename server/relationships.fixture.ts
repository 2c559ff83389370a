/** Follows the record of the database given, until it is killed: `node relationships.fixture.ts URL`. */
import { Follower } from './access/index.ts';
import { systemClock } from './platform/clock.ts';
import { openDb } from './platform/db/index.ts';
import { followedRecord } from './relationships.ts';

const db = await openDb({ connection: { connectionString: process.argv[2]! } });
const follower = new Follower({ db, clock: systemClock, ...followedRecord(db, systemClock) });
console.log('following');
for (;;) await follower.look();
