import type { FileDoor } from '../../platform/scanning/index.ts';
import { withoutContents } from '../../record/formats/index.ts';
import type { Gathered } from './gather.ts';

/** What was gathered, without the contents of files that may not leave; it counts them. */
export async function thatMayLeave(gathered: Gathered, files: FileDoor): Promise<Gathered> {
  if (files.isOpen) return gathered;
  let filesKeptBack = 0;
  const passed = async <Each extends object>(all: readonly Each[]): Promise<Each[]> => {
    const leaving: Each[] = [];
    for (const each of all) {
      if (!('resource' in each)) leaving.push(each);
      else {
        const { tree, withheld } = await withoutContents(each.resource, files);
        filesKeptBack += withheld;
        leaving.push(withheld === 0 ? each : { ...each, resource: tree });
      }
    }
    return leaving;
  };
  const { parts } = gathered;
  const earlier = await passed(parts['earlier-versions'] as object[]);
  const filed = await passed(parts.record as object[]);
  const counted = filesKeptBack;
  const record = await passed(gathered.record);
  return {
    ...gathered,
    parts: { ...parts, record: filed, 'earlier-versions': earlier },
    record,
    filesKeptBack: counted,
  };
}
