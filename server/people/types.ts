import type { Contribution, Judgement, Normalised, Particulars } from './matching/index.ts';

/** What a Patient resource says that bears on who it is. Dates are as they came. */
export type ObservedPatient = Particulars & {
  patientId: string;
  /** False when the Patient was deleted. */
  active: boolean;
  /** URI of who says it. */
  source?: string | undefined;
  /** True when the whereabouts of this person are protected. */
  restricted?: boolean | undefined;
};

export type LinkMethod =
  | 'alone'
  | 'nhs-number-and-birth-date'
  | 'nhs-number-cross-check'
  | 'probabilistic'
  | 'decided'
  | 'superseded';

/** The assertion that a patient is a person. */
export type Link = {
  patientId: string;
  personId: string;
  method: LinkMethod;
  /** Counts the changes of this patient's links. */
  seq: number;
  /** The patient by which it hangs on to the person. */
  via: string | undefined;
  model: string | undefined;
  weight: number | undefined;
  decidedBy: string;
  reason: string | undefined;
  from: Date;
  to: Date | undefined;
  recorded: Date;
  recordedTo: Date | undefined;
};

/** One patient as it takes part in matching. */
export type Member = {
  patientId: string;
  /** The person it is when it stands alone. */
  homeId: string;
  active: boolean;
  /** Its NHS number, or the one that replaced it. */
  nhsNumber: string | undefined;
  restricted: boolean;
  source: string;
  model: string;
  normalised: Normalised;
  /** The normal form as text: what is unchanged is not matched again. */
  body: string;
};

/**
 * What speaks for or against two patients being one person.
 * - matched: found by rule or by weight
 * - same, different: decided by a person
 * - superseded: a source replaced the one by the other
 * - sealed: a protected change of identity, never joined and never shown
 */
export type TieKind = 'matched' | 'same' | 'superseded' | 'different' | 'sealed';

export type Tie = {
  /** The patient that came later, or was decided on. */
  patientId: string;
  otherId: string;
  kind: TieKind;
  /** The order in which ties came. */
  ord: number;
  method: LinkMethod | 'different' | 'sealed';
  model: string | undefined;
  weight: number | undefined;
  evidence: Contribution[] | undefined;
  decidedBy: string;
  reason: string | undefined;
  source: string | undefined;
  /** Since when it holds; always, when there is none. */
  from: Date | undefined;
  recorded: Date;
};

export type ReviewQueue = NonNullable<Judgement['queue']>;
