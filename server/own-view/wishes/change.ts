import { putOnRecord, type Changed, type Viewing } from '../../access/index.ts';
import { newId } from '../../platform/ids.ts';
import { pastWall } from '../../platform/db/index.ts';
import { writtenHereBy, type Store } from '../../record/store/index.ts';
import type { Change, Delivery, Resource } from '../../record/types.ts';
import { holderOf } from '../holder.ts';
import type { Me, OwnViewServices } from '../types.ts';
import type { WishKind } from './catalogue.ts';
import { flagOf, ownViewSource } from './flag.ts';
import { addWish, endWish, wishesOf, type Wish } from './store.ts';

type Asked = { kind: WishKind; code: string; detail: string | null };

/** Wishes lie beside what flags them, and both are written as one. */
const writeDecided = ({ store }: OwnViewServices, ...asked: Parameters<Store['writeDecided']>) =>
  pastWall('writing', () => store.writeDecided(...asked));

/** Only one of these can hold: a new one ends the old. */
const single: ReadonlySet<WishKind> = new Set(['language', 'interpreter']);

/**
 * Keeps a wish and flags it in the record, in one transaction, so that staff see it from now on. False when it is there already.
 */
export async function addMyWish(
  services: OwnViewServices,
  viewing: Viewing,
  me: Me,
  asked: Asked,
): Promise<boolean> {
  const said = services.clock();
  const wish = { ...asked, patientId: me.home, wishId: newId(said.getTime()), said, saidBy: me.user };
  const patient = await patientOf(services, me);
  let added = false;
  await writeDecided(
    services,
    [`wishes ${me.home}`],
    async (tx) => {
      const open = (await wishesOf(tx, me.patientIds)).filter(({ ended }) => ended === null);
      added = !open.some((each) => isSame(each, asked));
      if (!added) return [];
      const replaced = single.has(asked.kind) ? open.filter(({ kind }) => kind === asked.kind) : [];
      const changes: Change[] = [];
      for (const { wishId } of replaced) {
        const ended = await endWish(tx, { patientIds: me.patientIds, wishId, at: said, by: me.user });
        if (ended !== undefined) changes.push(...flagging(ended, patient));
      }
      await addWish(tx, wish);
      putOnRecord(tx, viewing, changing(me));
      return [...changes, ...flagging({ ...wish, ended: null, endedBy: null }, patient)];
    },
    deliveryOf(me, patient),
  );
  return added;
}

/** Ends a wish and its flag. False when it was not in force. */
export async function endMyWish(
  services: OwnViewServices,
  viewing: Viewing,
  me: Me,
  wishId: string,
): Promise<boolean> {
  const at = services.clock();
  const patient = await patientOf(services, me);
  let done = false;
  await writeDecided(
    services,
    [`wishes ${me.home}`],
    async (tx) => {
      const ended = await endWish(tx, { patientIds: me.patientIds, wishId, at, by: me.user });
      done = ended !== undefined;
      if (ended === undefined) return [];
      putOnRecord(tx, viewing, changing(me));
      return flagging(ended, patient);
    },
    deliveryOf(me, patient),
  );
  return done;
}

const changing = ({ home: patientId }: Me): Changed => ({ kind: 'update', patientId, type: 'Flag' });

/** Who holds the person's Patient answers for the flag too, so that those see it with whom they share. */
const deliveryOf = (me: Me, patient: Patient | undefined): Delivery => ({
  source: patient?.holder === undefined ? ownViewSource : writtenHereBy(patient.holder),
  channel: 'page',
  agent: me.user,
});

const isSame = (wish: Wish, { kind, code, detail }: Asked): boolean =>
  wish.kind === kind && wish.code === code && wish.detail === detail;

type Patient = { id: string; holder: string | undefined };

/** The change that flags a wish. A person without a Patient in the record has nowhere to put it. */
function flagging(wish: Wish, patient: Patient | undefined): Change[] {
  if (patient === undefined) return [];
  return [
    {
      kind: 'put',
      type: 'Flag',
      id: wish.wishId,
      resource: flagOf(wish, patient.id),
    },
  ];
}

async function patientOf({ store, organisations }: OwnViewServices, me: Me): Promise<Patient | undefined> {
  const patients = (await store.patientRecord([...me.patientIds])).filter(({ type }) => type === 'Patient');
  const found = patients.find(({ patientId }) => patientId === me.home) ?? patients[0];
  if (found === undefined) return undefined;
  const { meta } = JSON.parse(found.content) as Resource;
  return { id: found.id, holder: await holderOf(organisations, meta?.source ?? found.source) };
}
