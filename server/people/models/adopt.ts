import type { Db } from '../../platform/db/index.ts';
import { Problem } from '../../platform/errors.ts';
import { decideBy, model } from '../candidates.ts';
import { defaultModel, modelFromText, modelText, type Model } from '../matching/index.ts';
import { addModel, modelBody, newestVersion, type Adoption } from './store.ts';

/**
 * Adopts a model for all records that come from now on. Links and cases that stand keep the version they were decided by. Refused
 * for a version that was adopted before.
 */
export async function adoptModel(
  db: Db,
  adopted: Model,
  { by, reason, at }: { by: string; reason: string; at: Date },
): Promise<Adoption> {
  await useAdoptedModel(db);
  const adoption = {
    version: adopted.version,
    replaced: model.version,
    adopted: at,
    adoptedBy: by,
    reason,
  };
  await db.transaction(async (tx) => {
    if ((await modelBody(tx, adopted.version)) !== undefined || adopted.version === defaultModel.version) {
      throw new Problem('identity/model-known', 409, 'This model was adopted before.', {
        wayOut: 'Train again: what is learned afresh has a version of its own.',
      });
    }
    await addModel(tx, adoption, modelText(adopted));
  });
  decideBy(adopted);
  return adoption;
}

/** Makes this program decide by the model adopted last, whichever program adopted it. Gives its version. */
export async function useAdoptedModel(db: Db): Promise<string> {
  const version = (await newestVersion(db)) ?? defaultModel.version;
  if (version === model.version) return version;
  const body = version === defaultModel.version ? undefined : await modelBody(db, version);
  decideBy(body === undefined ? defaultModel : modelFromText(body));
  return version;
}
