import { closeFile, type Closed, type Closing } from './output/finish.ts';
import { countRange, tellRange, type Range, type RangeCount, type RangeTold, type Telling } from './range.ts';
import type { Question } from './world.ts';

/** A piece of work that any thread can do. */
export type Task =
  | { do: 'count'; question: Question; range: Range }
  | ({ do: 'tell' } & Telling)
  | { do: 'close'; folder: string; files: Closing[] };

export type Done = RangeCount | RangeTold | Closed[];

export function doTask(task: Task, progress: (steps: number) => void): Done {
  switch (task.do) {
    case 'count':
      return countRange(task.question, task.range);
    case 'tell':
      return tellRange(task, progress);
    case 'close':
      return task.files.map((closing) => {
        const closed = closeFile(task.folder, closing);
        progress(1);
        return closed;
      });
  }
}
