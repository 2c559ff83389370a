import type { Saying } from './find.ts';

/** What common medicines are for. Our own words: nobody with clinical training has checked them yet. */
export const medicines: readonly Saying[] = [
  [/salbutamol|albuterol/i, 'It opens your lungs when it is hard to breathe.'],
  [/beclomet|budesonide|fluticasone/i, 'It calms your lungs, so that you breathe more easily.'],
  [/tiotropium|salmeterol|formoterol/i, 'It helps to keep your lungs open.'],
  [/metformin|gliclazide|sitagliptin|dapagliflozin|empagliflozin/i, 'It keeps your blood sugar down.'],
  [/insulin/i, 'It keeps your blood sugar down. Your body may not make enough of it.'],
  [/statin\b|simvastatin|atorvastatin/i, 'It lowers the fat in your blood and helps your heart.'],
  [
    /ramipril|lisinopril|perindopril|enalapril|losartan|candesartan|valsartan/i,
    'It lowers your blood pressure.',
  ],
  [/amlodipine|felodipine|nifedipine|diltiazem/i, 'It lowers your blood pressure.'],
  [
    /bisoprolol|atenolol|propranolol|metoprolol|carvedilol/i,
    'It slows your heart so that it works less hard.',
  ],
  [
    /furosemide|bumetanide|bendroflumethiazide|indapamide|hydrochlorothiazide/i,
    'It helps your body to get rid of water.',
  ],
  [/aspirin|clopidogrel/i, 'It helps to stop clots in your blood.'],
  [
    /warfarin|apixaban|rivaroxaban|edoxaban|dabigatran/i,
    'It helps to stop clots in your blood. You may bleed more easily.',
  ],
  [/omeprazole|lansoprazole|pantoprazole/i, 'It makes less acid in your stomach.'],
  [/paracetamol|acetaminophen/i, 'It helps with pain and brings a high temperature down.'],
  [/ibuprofen|naproxen/i, 'It helps with pain and swelling.'],
  [/codeine|morphine|tramadol|oxycodone|fentanyl/i, 'It helps with strong pain. It can make you sleepy.'],
  [/levothyroxine/i, 'It does the work of your thyroid when that is slow.'],
  [/sertraline|citalopram|fluoxetine|mirtazapine|venlafaxine/i, 'It can lift your mood and calm worry.'],
  [/amitriptyline|gabapentin|pregabalin/i, 'It helps with pain from nerves.'],
  [
    /amoxicillin|penicillin|doxycycline|flucloxacillin|nitrofurantoin|trimethoprim|clarithromycin/i,
    'It kills germs. Take all of it, unless you are told to stop.',
  ],
  [/prednisolone|prednisone|hydrocortisone/i, 'It calms swelling. Do not stop it without asking first.'],
  [/alendron|risedron/i, 'It makes your bones stronger.'],
  [/colecalciferol|vitamin d/i, 'It keeps your bones strong.'],
  [/ferrous|iron/i, 'It helps your body to make blood.'],
  [/folic acid/i, 'It helps your body to make healthy blood.'],
  [/emollient|cream/i, 'It goes on your skin.'],
  [/lactulose|senna|macrogol/i, 'It helps you to go to the toilet.'],
  [/cetirizine|loratadine/i, 'It helps with itching and hay fever.'],
  [/donepezil|memantine/i, 'It can help with memory for a time.'],
  [/levetiracetam|lamotrigine|valproate|carbamazepine/i, 'It helps to stop fits.'],
  [/methotrexate/i, 'It calms your body when it attacks itself. Take it once a week only.'],
  [/olanzapine|risperidone|quetiapine|aripiprazole/i, 'It can calm your mind and clear your thoughts.'],
  [/contracept|levonorgestrel|desogestrel/i, 'It helps to stop you getting pregnant.'],
];
