import { appendFileSync, mkdirSync } from 'node:fs';
import path from 'node:path';
import type { Minute } from '../calendar.ts';
import type { OutputFile } from './layout.ts';

/** What one range of households wrote to a file. */
export type Part = { path: string; part: string; records: number; from: Minute; to: Minute };

const flushAt = 40 * 1024;
/** All that waits to be written, in characters; beyond it the longest are written early. */
const heldAtMost = 64 * 1024 * 1024;

type Open = { text: string; records: number; from: Minute; to: Minute; part: string };

/**
 * Collects what a range of households writes, file by file, in a folder of its own. Lines of files in order of time carry
 * their minute before a tab.
 */
export class Spool {
  readonly #folder: string;
  readonly #open = new Map<string, Open>();
  #held = 0;

  constructor(folder: string) {
    this.#folder = folder;
  }

  add(file: OutputFile, at: Minute, text: string): void {
    let open = this.#open.get(file.path);
    if (open === undefined) {
      const part = path.join(this.#folder, file.path);
      mkdirSync(path.dirname(part), { recursive: true });
      open = { text: '', records: 0, from: at, to: at, part };
      this.#open.set(file.path, open);
    }
    const line = file.style.order === 'time' ? `${at}\t${text}\n` : `${text}\n`;
    open.text += line;
    open.records++;
    if (at < open.from) open.from = at;
    if (at > open.to) open.to = at;
    this.#held += line.length;
    if (open.text.length > flushAt) this.#flush(open);
    else if (this.#held > heldAtMost) for (const each of this.#open.values()) this.#flush(each);
  }

  /** Writes what is left and tells what there is. */
  close(): Part[] {
    for (const open of this.#open.values()) this.#flush(open);
    return [...this.#open].map(([file, { part, records, from, to }]) => ({
      path: file,
      part,
      records,
      from,
      to,
    }));
  }

  #flush(open: Open): void {
    this.#held -= open.text.length;
    appendFileSync(open.part, open.text);
    open.text = '';
  }
}
