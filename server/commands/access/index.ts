import { acting } from './acting.ts';
import { agreements } from './agreements.ts';
import type { Work } from './asked.ts';

export type { AccessOptions } from './asked.ts';
import { choices } from './choices.ts';
import { concerns } from './concerns.ts';
import { decisions } from './decisions.ts';
import { policy } from './policy.ts';
import { posts } from './posts.ts';

/** What the command can be about. */
export const subjects: Readonly<Record<string, Work>> = {
  acting,
  agreements,
  choices,
  concerns,
  decisions,
  policy,
  posts,
};
