import type { FastifyRequest } from 'fastify';
import type { Access } from '../access/index.ts';
import type { Happening } from '../audit/index.ts';

/** Who asks in one request, and what it showed or was refused, for the audit log. */
export type Known = {
  who: Pick<Happening, 'user' | 'organisation' | 'role' | 'purpose'>;
  /** What the user is called now. Personal text: it stands behind a commitment. */
  userName: string;
  accesses(): Access[];
  /** True when something of it is on record already, in the transaction that changed it. */
  isOnRecord(): boolean;
};

/** What the gate knows of requests under way. */
export type UnderWay = WeakMap<FastifyRequest, Known>;
