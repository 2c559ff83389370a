import type { FastifyInstance } from 'fastify';
import { registerChoices } from './choices/index.ts';
import { registerCopies } from './copy/index.ts';
import { registerCorrections } from './corrections/index.ts';
import { registerPeople } from './people/index.ts';
import { registerPlainRecord } from './plain/index.ts';
import { registerQuestions } from './questions/index.ts';
import type { OwnViewServices } from './types.ts';
import { findLook, registerWhoLooked } from './who-looked/index.ts';
import { registerWaiting } from './waiting/index.ts';
import { registerWishes } from './wishes/index.ts';

/** Adds the person's own view under `/api/mine`, and what staff answer of it under `/api/questions`, `/api/corrections`, `/api/copies`. */
export function registerOwnView(app: FastifyInstance, services: OwnViewServices): void {
  registerPlainRecord(app, services);
  registerWhoLooked(app, services);
  registerQuestions(app, services, (me, eventId) => findLook(services, me, eventId));
  registerChoices(app, services);
  registerWishes(app, services);
  registerCorrections(app, services);
  registerCopies(app, services);
  registerPeople(app, services);
  registerWaiting(app, services);
}
