import type { Saying } from './find.ts';

/** What common conditions are. Our own words: nobody with clinical training has checked them yet. */
export const conditions: readonly Saying[] = [
  [/pre-?diabetes|non-?diabetic hyperglyc/i, 'Your blood sugar is a bit high. It is not diabetes.'],
  [/diabetes.*type 1|type 1 diabetes/i, 'Your body does not make insulin. So sugar stays in your blood.'],
  [/diabetes/i, 'There is too much sugar in your blood.'],
  [/asthma/i, 'The tubes in your lungs can get tight. Then it is hard to breathe.'],
  [/chronic obstructive|\bcopd\b/i, 'Your lungs are hurt, so it is hard to breathe.'],
  [/hypertension|high blood pressure/i, 'Your blood pushes too hard. Over time this can hurt your heart.'],
  [/atrial fibrillation/i, 'Your heart beats out of time.'],
  [/heart failure/i, 'Your heart does not pump as well as it should. It has not stopped.'],
  [/myocardial infarction|heart attack/i, 'Part of your heart did not get enough blood.'],
  [/coronary|isch(a)?emic heart|angina/i, 'The tubes that feed your heart are too narrow.'],
  [/stroke|transient isch/i, 'For a time, part of your brain did not get enough blood.'],
  [/peripheral arterial/i, 'The tubes that take blood to your legs are too narrow.'],
  [/chronic kidney/i, 'Your kidneys do not clean your blood as well as they should.'],
  [/dementia|alzheimer/i, 'It gets harder to remember and to think clearly.'],
  [/depress/i, 'You feel very low for a long time.'],
  [/anxiety/i, 'You feel worried a lot, and it gets in the way of your day.'],
  [/epilepsy/i, 'At times your brain sends too many signals. This can cause a fit.'],
  [/osteoporosis/i, 'Your bones break more easily.'],
  [/rheumatoid/i, 'Your body attacks its own joints, so they swell and hurt.'],
  [/osteoarthritis|arthritis/i, 'Your joints hurt and feel stiff.'],
  [/hypothyroid/i, 'Your thyroid is slow. It can make you tired.'],
  [/hyperthyroid/i, 'Your thyroid is too fast. Your heart may race.'],
  [/obes/i, 'You weigh more than is good for your health.'],
  [/an(a)?emia/i, 'Your blood does not carry enough oxygen, so you feel tired.'],
  [/eczema|dermatitis/i, 'Your skin is dry, red and itchy.'],
  [/psoriasis/i, 'Your skin has red, dry patches.'],
  [/migraine/i, 'You get very bad headaches.'],
  [/gastro.?(o)?esophageal reflux|heartburn|\bgord\b/i, 'Acid comes up from your stomach and burns.'],
  [/otitis media/i, 'You had a sore ear. Germs were behind the ear drum.'],
  [
    /upper respiratory|common cold|viral sinusitis|pharyngitis|bronchitis/i,
    'You had a cold, a cough or a sore throat.',
  ],
  [/sinusitis/i, 'The spaces near your nose are swollen and sore.'],
  [/insomnia/i, 'You find it hard to sleep.'],
  [/back ?ache|back pain/i, 'Your back hurts.'],
  [/learning disab/i, 'You may need more time or help to learn new things.'],
  [/autis/i, 'You see and feel the world in your own way.'],
  [
    /cancer|malignan|carcinoma|neoplasm of/i,
    'Some cells grew when they should not. Your team can tell you more.',
  ],
  [/hyperlipid|hypercholesterol/i, 'There is too much fat in your blood.'],
  [/gout/i, 'A joint, often a toe, gets red and very sore.'],
  [/fracture|broken/i, 'A bone was broken.'],
  [/sprain/i, 'A joint was twisted or pulled.'],
  [/pneumonia/i, 'Germs got into your lungs.'],
  [/urinary tract infection|cystitis/i, 'Germs got into where your wee is made or kept.'],
  [/pregnan/i, 'You were having a baby.'],
  [/palliative/i, 'Your care helps you to feel as well as you can.'],
];

/** Entries that are about life, not about an illness. */
export const partsOfLife =
  /employment|education|\(finding\)|housing|criminal|social isolation|stress|medication review|reports of violence|certificate|intimate partner/i;
