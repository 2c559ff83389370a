import { Weighted } from '../random.ts';

/** Why somebody comes to hospital. `ages` weighs children, adults to 64, and older. */
export type Reason = {
  icd10: string;
  label: string;
  /** Treatment function (NHS Data Dictionary) that takes care of it. */
  specialty: string;
  specialtyName: string;
  ages: readonly [number, number, number];
};

const reason = (
  icd10: string,
  label: string,
  specialty: string,
  specialtyName: string,
  ...ages: [number, number, number]
): Reason => ({ icd10, label, specialty, specialtyName, ages });

export const emergencies: readonly Reason[] = [
  reason('R07.4', 'Chest pain', '300', 'General medicine', 0, 9, 8),
  reason('J18.9', 'Pneumonia', '300', 'General medicine', 2, 3, 12),
  reason('N39.0', 'Urinary tract infection', '300', 'General medicine', 1, 3, 10),
  reason('S72.0', 'Fracture of neck of femur', '110', 'Trauma and orthopaedics', 0, 0.5, 7),
  reason('R10.4', 'Abdominal pain', '100', 'General surgery', 6, 9, 4),
  reason('K35.8', 'Acute appendicitis', '100', 'General surgery', 3, 2, 0.5),
  reason('J45.9', 'Asthma', '300', 'General medicine', 6, 3, 1),
  reason('J44.1', 'Exacerbation of COPD', '340', 'Respiratory medicine', 0, 2, 8),
  reason('I50.0', 'Heart failure', '320', 'Cardiology', 0, 1, 8),
  reason('I63.9', 'Stroke', '328', 'Stroke medicine', 0, 1, 6),
  reason('I21.9', 'Myocardial infarction', '320', 'Cardiology', 0, 2, 4),
  reason('S52.5', 'Fracture of wrist', '110', 'Trauma and orthopaedics', 6, 3, 4),
  reason('S01.8', 'Open wound of head', '180', 'Emergency medicine', 9, 4, 5),
  reason('S93.4', 'Sprained ankle', '180', 'Emergency medicine', 5, 8, 2),
  reason('T50.9', 'Poisoning by medicine', '300', 'General medicine', 1, 4, 0.5),
  reason('B34.9', 'Viral infection', '420', 'Paediatrics', 14, 1, 1),
  reason('R55', 'Collapse', '300', 'General medicine', 1, 4, 7),
  reason('L03.9', 'Cellulitis', '300', 'General medicine', 1, 3, 4),
];

export const planned: readonly Reason[] = [
  reason('H25.9', 'Cataract', '130', 'Ophthalmology', 0, 2, 14),
  reason('M16.1', 'Osteoarthritis of hip', '110', 'Trauma and orthopaedics', 0, 3, 8),
  reason('M17.1', 'Osteoarthritis of knee', '110', 'Trauma and orthopaedics', 0, 4, 9),
  reason('K40.9', 'Inguinal hernia', '100', 'General surgery', 2, 5, 4),
  reason('K80.2', 'Gallstones', '100', 'General surgery', 0, 6, 4),
  reason('J35.0', 'Chronic tonsillitis', '120', 'Ear nose and throat', 12, 3, 0),
  reason('K63.5', 'Polyp of colon', '301', 'Gastroenterology', 0, 5, 8),
  reason('C44.9', 'Skin lesion', '330', 'Dermatology', 1, 4, 7),
  reason('N40', 'Enlarged prostate', '101', 'Urology', 0, 1, 5),
  reason('N92.0', 'Heavy periods', '502', 'Gynaecology', 0.5, 6, 0.3),
];

export const mental: readonly Reason[] = [
  reason('F32.9', 'Depressive episode', '710', 'Adult mental illness', 1, 10, 3),
  reason('F41.1', 'Generalised anxiety', '710', 'Adult mental illness', 2, 9, 2),
  reason('F20.0', 'Schizophrenia', '710', 'Adult mental illness', 0, 3, 1),
  reason('F31.9', 'Bipolar disorder', '710', 'Adult mental illness', 0, 3, 1),
  reason('F90.0', 'Attention deficit', '711', 'Child and adolescent psychiatry', 9, 2, 0),
  reason('F50.0', 'Anorexia nervosa', '711', 'Child and adolescent psychiatry', 3, 1, 0),
  reason('F03', 'Dementia', '715', 'Old age psychiatry', 0, 0, 12),
];

/** Draws by age: children to 15, adults to 64, older. */
export const byAge = (reasons: readonly Reason[]): readonly Weighted<Reason>[] =>
  [0, 1, 2].map((group) => new Weighted(reasons, ({ ages }) => ages[group]!));

export const ageGroup = (age: number): number => (age < 16 ? 0 : age < 65 ? 1 : 2);
