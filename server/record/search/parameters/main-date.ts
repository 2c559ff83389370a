/** Main clinical date of types where the first choice below is not the one that users sort and filter by. */
const byType: Readonly<Record<string, string>> = {
  Condition: 'onset-date',
  Patient: 'birthdate',
  Person: 'birthdate',
  RelatedPerson: 'birthdate',
  MedicationRequest: 'authoredon',
  MedicationStatement: 'effective',
  MedicationAdministration: 'effective-time',
  MedicationDispense: 'whenhandedover',
  Goal: 'start-date',
};

const firstChoices = [
  'date',
  'authored-on',
  'authored',
  'created',
  'issued',
  'period',
  'recorded',
  'sent',
  'start',
  'started',
];

/** Codes of the parameters that may be a type's main date, best first. */
export function mainDateChoices(type: string): string[] {
  return Object.hasOwn(byType, type) ? [byType[type]!, ...firstChoices] : firstChoices;
}
