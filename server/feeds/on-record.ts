import { putOnRecord, type Viewing } from '../access/index.ts';
import { stagedRows, type Happening } from '../audit/index.ts';
import { odsCodeIn } from '../organisations/index.ts';
import type { Clock } from '../platform/clock.ts';
import { newId } from '../platform/ids.ts';
import { feedId } from './intake/store.ts';
import type { MessageDone, RecordMessages } from './intake/types.ts';

/**
 * Puts on record what senders say where no program signs in for them: the feed stands as the user, and each message is an event about
 * each person it tells of, or about nobody where it waits.
 */
export const senderOnRecord =
  (clock: Clock): RecordMessages =>
  (tx, done) => {
    const at = clock();
    tx.sendCopies(
      stagedRows(
        done.flatMap((each) => happeningsOf(each, at)),
        newId(at.getTime()),
      ),
    );
  };

/** Puts on record what whoever asks sends, or does to messages: about each person they tell of, or about nobody where they wait. */
export const viewerOnRecord =
  (viewing: Viewing, kind: 'create' | 'update'): RecordMessages =>
  (tx, done) =>
    putOnRecord(
      tx,
      viewing,
      ...done.flatMap(({ act: rule, persons }) => {
        const about = { kind, patientId: null, rule } as const;
        if (persons.size === 0) return [{ ...about, type: 'Message' }];
        return [...persons].flatMap(([person, types]) => types.map((type) => ({ ...about, person, type })));
      }),
    );

function happeningsOf({ messageId, feed, certificate, act, persons }: MessageDone, at: Date): Happening[] {
  const organisation = odsCodeIn(feed.source);
  const base: Happening = {
    at,
    kind: 'create',
    outcome: 'permitted',
    user: `feed:${feedId(feed)}`,
    request: messageId,
    resource: 'Message',
    rule: act,
    ...particularsOf(feed, certificate, organisation),
    ...(organisation === undefined ? {} : { organisation }),
  };
  if (persons.size === 0) return [base];
  return [...persons].map(([person, types]) => ({
    ...base,
    person,
    resource: types.length === 1 ? types[0]! : 'record',
  }));
}

/** A feed is named where no organisation says who it is. MLLP is taken on this machine alone, so its address tells nothing. */
function particularsOf(
  { name }: MessageDone['feed'],
  certificate: MessageDone['certificate'],
  organisation: string | undefined,
): Pick<Happening, 'particulars'> {
  if (certificate === undefined && organisation !== undefined) return {};
  return {
    particulars: {
      userName: name,
      ...(certificate === undefined ? {} : { target: `certificate ${certificate}` }),
    },
  };
}
