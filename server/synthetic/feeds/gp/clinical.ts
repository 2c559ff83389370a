import type { Random } from '../../random.ts';
import { Weighted } from '../../random.ts';
import { quantity, snomed } from './resources.ts';

/** What practices write down. SNOMED CT codes are of the UK edition; medicines carry the BNF code of their substance. */

const bnf = (code: string, name: string): string =>
  `{"coding":[{"system":"https://www.nhsbsa.nhs.uk/bnf","code":"${code}","display":"${name}"}],"text":"${name}"}`;

type Medicine = { concept: string; dose: string };
const medicine = (code: string, name: string, dose: string): Medicine => ({ concept: bnf(code, name), dose });

/** The usual repeat medicine for a register, by its QOF code. */
export const repeats: Readonly<Record<string, readonly Medicine[]>> = {
  AF: [
    medicine('0208020Z0', 'Apixaban 5mg tablets', 'One twice a day'),
    medicine('0204000H0', 'Bisoprolol 2.5mg tablets', 'One a day'),
  ],
  AST: [
    medicine('0301011R0', 'Salbutamol 100micrograms/dose inhaler', 'Two puffs when needed'),
    medicine('0302000C0', 'Beclometasone 100micrograms/dose inhaler', 'Two puffs twice a day'),
  ],
  CHD: [
    medicine('0209000A0', 'Aspirin 75mg tablets', 'One a day'),
    medicine('0212000B0', 'Atorvastatin 80mg tablets', 'One at night'),
  ],
  COPD: [medicine('0301020Q0', 'Tiotropium 18microgram inhalation powder capsules', 'One a day')],
  DEM: [medicine('0411000D0', 'Donepezil 10mg tablets', 'One at night')],
  DEP: [medicine('0403030Q0', 'Sertraline 50mg tablets', 'One a day')],
  DM: [medicine('0601022B0', 'Metformin 500mg tablets', 'One twice a day with food')],
  EP: [medicine('0408010H0', 'Lamotrigine 100mg tablets', 'One twice a day')],
  HF: [medicine('0202020L0', 'Furosemide 40mg tablets', 'One in the morning')],
  HYP: [
    medicine('0206020A0', 'Amlodipine 5mg tablets', 'One a day'),
    medicine('0205051R0', 'Ramipril 5mg capsules', 'One a day'),
  ],
  MH: [medicine('040201060', 'Olanzapine 10mg tablets', 'One at night')],
  OST: [medicine('0606020A0', 'Alendronic acid 70mg tablets', 'One a week')],
  PAD: [medicine('0209000C0', 'Clopidogrel 75mg tablets', 'One a day')],
  PC: [medicine('0407020Q0', 'Morphine sulfate 10mg/5ml oral solution', '2.5ml when needed')],
  RA: [medicine('1001030U0', 'Methotrexate 2.5mg tablets', 'Six once a week')],
  STIA: [medicine('0209000C0', 'Clopidogrel 75mg tablets', 'One a day')],
};

type Complaint = { concept: string; weight: number; medicine?: Medicine };

const complaint = (code: string, label: string, weight: number, given?: Medicine): Complaint => ({
  concept: snomed(code, label),
  weight,
  ...(given === undefined ? {} : { medicine: given }),
});

export const complaints = new Weighted<Complaint>(
  [
    complaint('54150009', 'Upper respiratory infection', 14),
    complaint(
      '50417007',
      'Lower respiratory tract infection',
      6,
      medicine('0501013B0', 'Amoxicillin 500mg capsules', 'One three times a day for 5 days'),
    ),
    complaint(
      '68566005',
      'Urinary tract infectious disease',
      6,
      medicine('0501130R0', 'Nitrofurantoin 100mg modified-release capsules', 'One twice a day for 3 days'),
    ),
    complaint('161891005', 'Backache', 8, medicine('1001010P0', 'Naproxen 500mg tablets', 'One twice a day')),
    complaint(
      '25064002',
      'Headache',
      5,
      medicine('0407010H0', 'Paracetamol 500mg tablets', 'Two four times a day'),
    ),
    complaint('43116000', 'Eczema', 5),
    complaint(
      '128045006',
      'Cellulitis',
      2,
      medicine('0501012G0', 'Flucloxacillin 500mg capsules', 'One four times a day for 7 days'),
    ),
    complaint('84229001', 'Fatigue', 5),
    complaint('21522001', 'Abdominal pain', 5),
    complaint('16331000', 'Heartburn', 4, medicine('0103050P0', 'Omeprazole 20mg capsules', 'One a day')),
    complaint('48694002', 'Anxiety', 7),
    complaint('57676002', 'Joint pain', 8),
    complaint('193462001', 'Insomnia', 3),
    complaint('65363002', 'Otitis media', 3),
    complaint('185349003', 'Encounter for check up', 12),
  ],
  ({ weight }) => weight,
);

export const allergies = new Weighted(
  [
    { concept: snomed('91936005', 'Allergy to penicillin'), weight: 60 },
    { concept: snomed('293637006', 'Allergy to contrast media'), weight: 4 },
    { concept: snomed('91935009', 'Allergy to peanut'), weight: 10 },
    { concept: snomed('294505008', 'Allergy to amoxicillin'), weight: 10 },
    { concept: snomed('293586001', 'Allergy to aspirin'), weight: 8 },
    { concept: snomed('300916003', 'Allergy to latex'), weight: 6 },
  ],
  ({ weight }) => weight,
);

export const vaccines = {
  flu: snomed('1181000221105', 'Influenza virus antigen only vaccine product'),
  covid: snomed('1119349007', 'COVID-19 mRNA vaccine'),
  childhood: snomed('871765008', 'Measles mumps and rubella vaccine'),
} as const;

const bloodPressure = `{"coding":[{"system":"http://snomed.info/sct","code":"75367002","display":"Blood pressure"},{"system":"http://loinc.org","code":"85354-9","display":"Blood pressure panel with all children optional"}],"text":"Blood pressure"}`;
const part = (sct: string, loinc: string, display: string, value: number): string =>
  `{"code":{"coding":[{"system":"http://snomed.info/sct","code":"${sct}"},{"system":"http://loinc.org","code":"${loinc}"}],"text":"${display}"},"valueQuantity":{"value":${value},"unit":"millimeter of mercury","system":"http://unitsofmeasure.org","code":"mm[Hg]"}}`;

type Measured = { category: 'vital-signs' | 'laboratory' | 'social-history'; concept: string; value: string };

export function pressure(random: Random, age: number, isHigh: boolean): Measured {
  const systolic = Math.round(110 + age * 0.3 + (isHigh ? 12 : 0) + 10 * random.normal());
  const diastolic = Math.round(68 + age * 0.1 + (isHigh ? 6 : 0) + 7 * random.normal());
  return {
    category: 'vital-signs',
    concept: bloodPressure,
    value: `"component":[${part('72313002', '8480-6', 'Systolic arterial pressure', Math.max(80, systolic))},${part('1091811000000102', '8462-4', 'Diastolic arterial pressure', Math.max(45, Math.min(systolic - 15, diastolic)))}]`,
  };
}

const bmi = snomed('60621009', 'Body mass index');
export const bodyMass = (random: Random, isObese: boolean): Measured => ({
  category: 'vital-signs',
  concept: bmi,
  value: quantity(Math.max(15, (isObese ? 34 : 25) + 3.2 * random.normal()).toFixed(1), 'kg/m2', 'kg/m2'),
});

const hba1c = snomed(
  '999791000000106',
  'Haemoglobin A1c level - International Federation of Clinical Chemistry and Laboratory Medicine standardised',
);
export const longTermSugar = (random: Random): Measured => ({
  category: 'laboratory',
  concept: hba1c,
  value: quantity(Math.max(36, Math.round(56 + 11 * random.normal())), 'mmol/mol', 'mmol/mol'),
});

const egfr = snomed('1011481000000105', 'eGFR (estimated glomerular filtration rate) using creatinine');
export const filtration = (random: Random, isLow: boolean): Measured => ({
  category: 'laboratory',
  concept: egfr,
  value: quantity(
    Math.max(8, Math.round((isLow ? 46 : 82) + 10 * random.normal())),
    'mL/min/{1.73_m2}',
    'mL/min/{1.73_m2}',
  ),
});

const cholesterol = snomed('1005671000000105', 'Serum cholesterol level');
export const fat = (random: Random): Measured => ({
  category: 'laboratory',
  concept: cholesterol,
  value: quantity(Math.max(2.2, 4.7 + 0.9 * random.normal()).toFixed(1), 'mmol/L', 'mmol/L'),
});

const smokes = ['77176002', 'Smoker'] as const;
const smoked = ['8517006', 'Ex-smoker'] as const;
const never = ['266919005', 'Never smoked tobacco'] as const;
const smokingStatus = snomed('365981007', 'Tobacco smoking behaviour');

/** Smoking falls from about 22 in 100 in the most deprived tenth to 8 in the least (ONS, Annual Population Survey, rounded). */
export function smoking(random: Random, imdDecile: number): Measured {
  const way = random.unit();
  const current = 0.235 - 0.0155 * imdDecile;
  const [code, label] = way < current ? smokes : way < current + 0.26 ? smoked : never;
  return {
    category: 'social-history',
    concept: smokingStatus,
    value: `"valueCodeableConcept":${snomed(code, label)}`,
  };
}
