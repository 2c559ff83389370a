import type { Piece } from '../../access/index.ts';
import type { Me } from '../types.ts';

/** A person's details: whoever may not see them sees nothing of the own view. */
export const identityOf = (patientId: string): Piece => ({
  type: 'Patient',
  id: patientId,
  patientId,
  dataClass: 'identity',
  labels: [],
  source: null,
});

/** What a person chose and asked for. */
export const choicesOf = (patientId: string): Piece => ({
  type: 'Consent',
  id: patientId,
  patientId,
  dataClass: 'choices',
  labels: [],
  source: null,
});

/** The list of who looked at a person's record, held by the organisation whose staff looked, or that answers for the record. */
export const accessListOf = (patientId: string, source: string | null): Piece => ({
  type: 'AuditEvent',
  id: patientId,
  patientId,
  dataClass: 'access-list',
  labels: [],
  source,
});

export const myChoices = (me: Me): Piece => choicesOf(me.home);
export const myAccessList = (me: Me): Piece => accessListOf(me.home, null);
