/** A disease register of the Quality and Outcomes Framework, and who is on it. */
export type Register = {
  /** Group code of the framework. */
  code: string;
  snomed: string;
  icd10: string;
  label: string;
  /** Ages counted in the published share. */
  from: number;
  to: number;
  /**
   * Share of people on the register by deprivation decile 1 to 10, in parts of 10,000. Source: House of Commons Library,
   * modelled QOF 2019/20 prevalence by IMD decile (Open Parliament Licence).
   */
  byDecile: readonly number[];
  /** How likely it is at each age, relative only: points of age and weight, straight lines between. */
  byAge: readonly (readonly [age: number, weight: number])[];
  /** Weight of men; women count 1. */
  men: number;
  /** Years a person has had it by the end of the story, on average. */
  years: number;
};

const curve = (...points: [number, number][]): [number, number][] => points;
const heart = curve([30, 0], [45, 1], [60, 7], [75, 20], [90, 27]);

export const registers: readonly Register[] = [
  {
    code: 'AF',
    snomed: '49436004',
    icd10: 'I48',
    label: 'Atrial fibrillation',
    from: 0,
    to: 130,
    byDecile: [178, 171, 173, 192, 208, 218, 224, 228, 232, 233],
    byAge: curve([35, 0], [50, 0.5], [65, 4], [75, 10], [85, 18], [95, 22]),
    men: 1.3,
    years: 6,
  },
  {
    code: 'AST',
    snomed: '195967001',
    icd10: 'J45',
    label: 'Asthma',
    from: 0,
    to: 130,
    byDecile: [687, 641, 625, 633, 642, 647, 652, 651, 652, 645],
    byAge: curve([1, 0], [6, 4], [12, 8], [20, 6.5], [40, 6], [60, 7], [75, 8], [95, 6]),
    men: 0.85,
    years: 15,
  },
  {
    code: 'CAN',
    snomed: '363346000',
    icd10: 'C80',
    label: 'Malignant neoplastic disease',
    from: 0,
    to: 130,
    byDecile: [266, 265, 270, 294, 316, 332, 341, 346, 353, 358],
    byAge: curve([0, 0.1], [30, 0.4], [45, 1.8], [60, 5.5], [75, 13], [90, 16]),
    men: 0.95,
    years: 6,
  },
  {
    code: 'CHD',
    snomed: '53741008',
    icd10: 'I25',
    label: 'Coronary arteriosclerosis',
    from: 0,
    to: 130,
    byDecile: [334, 301, 291, 304, 311, 313, 315, 313, 311, 297],
    byAge: heart,
    men: 1.9,
    years: 9,
  },
  {
    code: 'CKD',
    snomed: '709044004',
    icd10: 'N18',
    label: 'Chronic kidney disease',
    from: 18,
    to: 130,
    byDecile: [422, 388, 380, 390, 404, 407, 417, 417, 418, 406],
    byAge: curve([25, 0], [45, 0.6], [60, 3], [75, 14], [85, 28], [95, 34]),
    men: 0.8,
    years: 6,
  },
  {
    code: 'COPD',
    snomed: '13645005',
    icd10: 'J44',
    label: 'Chronic obstructive pulmonary disease',
    from: 0,
    to: 130,
    byDecile: [262, 215, 198, 195, 191, 184, 183, 179, 170, 151],
    byAge: curve([35, 0], [45, 0.8], [60, 4.5], [72, 9], [85, 9], [95, 7]),
    men: 1.1,
    years: 8,
  },
  {
    code: 'DEM',
    snomed: '52448006',
    icd10: 'F03',
    label: 'Dementia',
    from: 0,
    to: 130,
    byDecile: [62, 63, 65, 72, 79, 83, 88, 90, 93, 94],
    byAge: curve([55, 0], [65, 0.7], [75, 4], [85, 15], [95, 28]),
    men: 0.75,
    years: 3,
  },
  {
    code: 'DEP',
    snomed: '35489007',
    icd10: 'F32',
    label: 'Depressive disorder',
    from: 18,
    to: 130,
    byDecile: [1375, 1221, 1152, 1129, 1133, 1114, 1130, 1123, 1104, 1069],
    byAge: curve([12, 0], [18, 5], [30, 12], [50, 14], [65, 11], [95, 7]),
    men: 0.58,
    years: 9,
  },
  {
    code: 'DM',
    snomed: '44054006',
    icd10: 'E11',
    label: 'Type 2 diabetes mellitus',
    from: 17,
    to: 130,
    byDecile: [853, 793, 756, 730, 711, 686, 668, 651, 633, 584],
    byAge: curve([17, 0.2], [30, 1], [45, 5], [60, 12], [75, 18], [90, 16]),
    men: 1.3,
    years: 8,
  },
  {
    code: 'EP',
    snomed: '84757009',
    icd10: 'G40',
    label: 'Epilepsy',
    from: 18,
    to: 130,
    byDecile: [99, 85, 80, 79, 78, 77, 77, 76, 75, 71],
    byAge: curve([2, 0.3], [18, 0.7], [50, 0.85], [90, 0.9]),
    men: 1.05,
    years: 18,
  },
  {
    code: 'HF',
    snomed: '84114007',
    icd10: 'I50',
    label: 'Heart failure',
    from: 0,
    to: 130,
    byDecile: [95, 88, 86, 88, 90, 90, 91, 91, 90, 87],
    byAge: curve([35, 0], [55, 0.8], [70, 4], [80, 9], [92, 17]),
    men: 1.4,
    years: 4,
  },
  {
    code: 'HYP',
    snomed: '38341003',
    icd10: 'I10',
    label: 'Hypertensive disorder',
    from: 0,
    to: 130,
    byDecile: [1407, 1369, 1353, 1389, 1425, 1430, 1442, 1439, 1438, 1392],
    byAge: curve([20, 0], [35, 2], [50, 14], [65, 36], [80, 55], [95, 58]),
    men: 1.05,
    years: 9,
  },
  {
    code: 'LD',
    snomed: '110359009',
    icd10: 'F79',
    label: 'Intellectual disability',
    from: 0,
    to: 130,
    byDecile: [67, 59, 54, 52, 50, 48, 47, 45, 43, 40],
    byAge: curve([3, 0.1], [16, 0.8], [25, 0.9], [60, 0.5], [85, 0.2]),
    men: 1.5,
    years: 99,
  },
  {
    code: 'MH',
    snomed: '391193001',
    icd10: 'F29',
    label: 'Severe mental illness',
    from: 0,
    to: 130,
    byDecile: [118, 111, 105, 98, 92, 87, 84, 81, 77, 72],
    byAge: curve([14, 0], [22, 0.6], [40, 1.3], [60, 1.4], [85, 1.1]),
    men: 1.1,
    years: 15,
  },
  {
    code: 'OB',
    snomed: '414916001',
    icd10: 'E66',
    label: 'Obesity',
    from: 18,
    to: 130,
    byDecile: [1320, 1194, 1116, 1069, 1044, 1004, 997, 965, 934, 845],
    byAge: curve([18, 3], [30, 8], [45, 13], [60, 14], [75, 11], [90, 4]),
    men: 0.75,
    years: 6,
  },
  {
    code: 'OST',
    snomed: '64859006',
    icd10: 'M81',
    label: 'Osteoporosis',
    from: 50,
    to: 130,
    byDecile: [77, 75, 76, 79, 83, 87, 89, 90, 93, 97],
    byAge: curve([50, 0.1], [65, 0.8], [75, 2], [85, 3.4], [95, 4]),
    men: 0.25,
    years: 5,
  },
  {
    code: 'PAD',
    snomed: '399957001',
    icd10: 'I73',
    label: 'Peripheral arterial occlusive disease',
    from: 0,
    to: 130,
    byDecile: [76, 63, 58, 59, 59, 58, 58, 58, 55, 51],
    byAge: curve([40, 0], [55, 0.6], [70, 3], [82, 5], [95, 5]),
    men: 1.7,
    years: 7,
  },
  {
    code: 'PC',
    snomed: '103735009',
    icd10: 'Z51',
    label: 'Palliative care',
    from: 0,
    to: 130,
    byDecile: [51, 46, 45, 46, 48, 47, 49, 49, 49, 47],
    byAge: curve([20, 0.02], [50, 0.2], [70, 1.1], [85, 3.5], [95, 7]),
    men: 1,
    years: 0.7,
  },
  {
    code: 'RA',
    snomed: '69896004',
    icd10: 'M06',
    label: 'Rheumatoid arthritis',
    from: 16,
    to: 130,
    byDecile: [79, 75, 74, 76, 78, 78, 78, 78, 78, 74],
    byAge: curve([16, 0.05], [40, 0.4], [60, 1.2], [75, 1.9], [90, 1.6]),
    men: 0.45,
    years: 11,
  },
  {
    code: 'STIA',
    snomed: '230690007',
    icd10: 'I64',
    label: 'Stroke',
    from: 0,
    to: 130,
    byDecile: [180, 167, 165, 175, 182, 185, 188, 187, 187, 183],
    byAge: curve([30, 0], [50, 0.9], [65, 4], [78, 10], [90, 15]),
    men: 1.15,
    years: 6,
  },
];

/**
 * People of England by age, five years a step from 0 to 85 and over, in parts of 1,000 (ONS, mid-2020 estimates for
 * England, rounded). Only used to turn the published share into a chance for each age.
 */
const england = [57, 62, 60, 55, 61, 67, 68, 67, 63, 64, 69, 68, 58, 50, 50, 35, 25, 25];

const weightAt = (points: Register['byAge'], age: number): number => {
  const after = points.findIndex(([at]) => at > age);
  if (after === 0) return 0;
  if (after < 0) return points.at(-1)![1];
  const [[fromAge, fromWeight], [toAge, toWeight]] = [points[after - 1]!, points[after]!];
  return fromWeight + ((toWeight - fromWeight) * (age - fromAge)) / (toAge - fromAge);
};

/** Women live longer (ONS, mid-2020 estimates for England, rounded). */
const menAmong = (age: number): number => (age < 65 ? 0.5 : age < 75 ? 0.48 : age < 85 ? 0.45 : 0.37);

type Table = { register: Register; chance: Float64Array };

/** Chance of being on each register by whole year of age to 110, in decile 1, for a woman. */
const tables: readonly Table[] = registers.map((register) => {
  let weighted = 0;
  let people = 0;
  for (let age = register.from; age < 90; age++) {
    const share = england[Math.min(17, Math.floor(age / 5))]! / 5;
    const men = menAmong(age);
    weighted += share * weightAt(register.byAge, age) * (1 - men + men * register.men);
    people += share;
  }
  const mean = weighted / people;
  const chance = Float64Array.from({ length: 111 }, (_, age) => weightAt(register.byAge, age) / mean);
  return { register, chance };
});

/** The chance that someone of an age, sex and deprivation decile is on a register, for average need. */
export function chanceOf(at: number, age: number, isMan: boolean, imdDecile: number): number {
  const { register, chance } = tables[at]!;
  const years = Math.max(0, Math.min(110, Math.floor(age)));
  return (register.byDecile[imdDecile - 1]! / 10_000) * chance[years]! * (isMan ? register.men : 1);
}
