/** What a Patient resource says that bears on who it is. Dates are YYYY-MM-DD. */
export type ObservedPatient = {
  patientId: string;
  /** False when the Patient was deleted. */
  active: boolean;
  /** A valid NHS number, where it has one that is not marked old or temporary. */
  nhsNumber?: string | undefined;
  /** A whole date of birth, where it has one. */
  birthDate?: string | undefined;
};

export type LinkMethod = 'alone' | 'nhs-number-and-birth-date';

export type Link = { patientId: string; personId: string; method: LinkMethod; from: Date };

export type Holder = { personId: string; birthDate: string };
