import assert from 'node:assert/strict';
import { test } from 'node:test';
import { openDefinitions } from '../../definitions/index.ts';
import type { Issue, Resource } from '../../types.ts';
import { createValidator } from '../index.ts';

const { validate } = createValidator(openDefinitions());

const form: Resource = {
  resourceType: 'Questionnaire',
  url: 'http://example.org/Questionnaire/falls',
  status: 'active',
  item: [
    { linkId: 'fell', text: 'Have you fallen?', type: 'boolean', required: true },
    {
      linkId: 'times',
      type: 'integer',
      required: true,
      enableWhen: [{ question: 'fell', operator: '=', answerBoolean: true }],
      extension: [{ url: 'http://hl7.org/fhir/StructureDefinition/maxValue', valueInteger: 50 }],
    },
    {
      linkId: 'where',
      type: 'choice',
      answerOption: [{ valueCoding: { code: 'home' } }, { valueCoding: { code: 'street' } }],
    },
    { linkId: 'about', type: 'group', item: [{ linkId: 'note', type: 'string', maxLength: 5 }] },
  ],
};

function check(item: object[], status = 'completed'): Issue[] {
  const response = {
    resourceType: 'QuestionnaireResponse',
    questionnaire: form['url'],
    status,
    item,
  } as Resource;
  return validate(response, { resolve: (url) => (url === form['url'] ? form : undefined) });
}

const no = { linkId: 'fell', answer: [{ valueBoolean: false }] };
const yes = { linkId: 'fell', answer: [{ valueBoolean: true }] };

test('a complete response passes, and a question left out by its condition is not missed', () => {
  assert.deepEqual(check([no]), []);
  assert.deepEqual(check([yes, { linkId: 'times', answer: [{ valueInteger: 2 }] }]), []);
});

test('a required answer is missed once the response is complete', () => {
  assert.match(check([yes])[0]?.text ?? '', /required question/);
  assert.deepEqual(check([yes], 'in-progress'), []);
});

test('answers must be of the right type, among the options and in range', () => {
  assert.match(
    check([{ linkId: 'fell', answer: [{ valueString: 'no' }] }])[0]?.text ?? '',
    /of type Boolean/,
  );
  assert.match(
    check([no, { linkId: 'where', answer: [{ valueCoding: { code: 'moon' } }] }])[0]?.text ?? '',
    /options/,
  );
  assert.match(check([yes, { linkId: 'times', answer: [{ valueInteger: 51 }] }])[0]?.text ?? '', /largest/);
  const long = { linkId: 'about', item: [{ linkId: 'note', answer: [{ valueString: 'too long' }] }] };
  assert.match(check([no, long])[0]?.text ?? '', /at most 5/);
});

test('items must be those of the form, in its order', () => {
  assert.match(check([no, { linkId: 'shoes' }])[0]?.text ?? '', /no such linkId/);
  assert.ok(check([{ linkId: 'about' }, no]).some((issue) => /order/.test(issue.text)));
  assert.match(
    check([no, { linkId: 'about', answer: [{ valueString: 'x' }] }])[0]?.text ?? '',
    /cannot have answers/,
  );
});

test('without the form only the response itself is checked', () => {
  const response = {
    resourceType: 'QuestionnaireResponse',
    questionnaire: 'http://example.org/absent',
    status: 'completed',
  };
  assert.deepEqual(validate(response as Resource), []);
  assert.equal(
    validate(response as Resource, { advice: true }).find((issue) => issue.code === 'not-found')?.severity,
    'warning',
  );
});
