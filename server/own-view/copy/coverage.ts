/** The part of a copy that holds what a table knows of a person. */
export type Part = 'record' | 'earlier-versions' | 'identity' | 'choices' | 'who-looked' | 'asked';

const nobody = 'Nothing about a person.';
const derived = 'Made from the record, to find things in it. It says nothing more.';
const running = 'Kept only while a program runs. It says nothing more.';

/**
 * Where a person's copy holds what each table knows of them, or why it holds nothing from there. A test compares it with all tables, so
 * that no new one is forgotten.
 */
export const coverage: Readonly<Record<string, { part: Part } | { why: string }>> = {
  'record.resource': { part: 'record' },
  'record.history': { part: 'earlier-versions' },
  'record.delivery': { part: 'record' },
  'people.link': { part: 'identity' },
  'people.person': { part: 'identity' },
  'people.person_patient': { part: 'identity' },
  'access.relationship': { part: 'choices' },
  'access.choice': { part: 'choices' },
  'access.proxy': { part: 'choices' },
  'access.recorded_decision': { part: 'choices' },
  'access.glass': { part: 'choices' },
  'access.seal': { part: 'choices' },
  'audit.event': { part: 'who-looked' },
  'audit.particulars': { part: 'who-looked' },
  'own_view.question': { part: 'asked' },
  'own_view.correction': { part: 'asked' },
  'own_view.copy': { part: 'asked' },
  'own_view.copy_check': { part: 'asked' },
  'own_view.invitation': { part: 'asked' },
  'own_view.wish': { part: 'asked' },
  'audit.staged': { why: 'Looks of the last second. They are in the list a second later.' },
  'audit.tile': { why: nobody },
  'audit.bucket': { why: nobody },
  'audit.closing': { why: nobody },
  'audit.signing_key': { why: nobody },
  'audit.log': { why: nobody },
  'audit.witness': { why: nobody },
  'audit.cosignature': { why: nobody },
  'audit.followed': { why: nobody },
  'access.post': { why: 'About people who work for the partners, in their work.' },
  'access.notice': { why: 'Tells of looks that stand in the list of who looked.' },
  'access.glass_review': {
    why: 'How a look in an emergency was checked. It is about the person who looked.',
  },
  'access.odd_note': { why: 'How an odd look was checked. It is about the person who looked.' },
  'access.wrong_pair': {
    why: 'How often somebody who works for a partner mistyped. It holds nobody they looked for.',
  },
  'access.following': { why: running },
  'access.agreement': { why: nobody },
  'access.policy': { why: nobody },
  'access.version': { why: nobody },
  'access.session': { why: 'Who is signed in now. It ends with the visit.' },
  'access.oauth_item': { why: 'Who is signed in now. It ends with the visit.' },
  'access.client': { why: nobody },
  'people.particulars': { why: derived },
  'people.tie': { why: 'Names other people’s records. Why records were joined stands with each link.' },
  'people.match_key': { why: derived },
  'people.number_claim': { why: derived },
  'people.superseded_number': { why: derived },
  'people.change': { why: running },
  'people.recheck': { why: running },
  'people.review': { why: 'Doubts about who is who. They name other people’s records.' },
  'people.opinion': { why: 'Doubts about who is who. They name other people’s records.' },
  'people.sealed_look': { why: 'Doubts about who is who. They name other people’s records.' },
  'people.model': { why: nobody },
  'record.patient_head': { why: derived },
  'record.patient_combination': { why: derived },
  'record.search_string': { why: derived },
  'record.search_date': { why: derived },
  'record.search_number': { why: derived },
  'record.resource_key': { why: derived },
  'record.former_key': { why: derived },
  'record.tally': { why: derived },
  'record.combination': { why: derived },
  'record.token_text': { why: derived },
  'record.directory_entry': { why: nobody },
  'record.directory_state': { why: nobody },
  'record.export_job': { why: running },
  'record.export_file': { why: running },
  'record.import_job': { why: running },
  'record.import_file': { why: running },
  'record.import_postponed': { why: running },
  'record.import_missing': { why: running },
  'record.quarantine': {
    why: 'What came in and could not be read. Nobody can tell yet whom it is about. Staff look for it when you ask.',
  },
  'record.package': { why: nobody },
  'record.definition': { why: nobody },
  'feeds.feed': { why: nobody },
  'feeds.message': {
    why: 'Messages as they came in. What could be read of them is in the record. Staff look for the rest when you ask.',
  },
  'feeds.entity': { why: derived },
  'feeds.tally': { why: nobody },
  'feeds.mapping': { why: nobody },
  'feeds.file': { why: nobody },
  'organisations.*': { why: nobody },
  'platform.*': {
    why: 'How the service runs. What it holds of a person for a moment comes from the record.',
  },
};

/** What a copy says of a table; undefined where nobody thought of it. */
export const coverageOf = (table: string): (typeof coverage)[string] | undefined =>
  coverage[table] ?? coverage[`${table.split('.')[0]}.*`];
