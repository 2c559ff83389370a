import assert from 'node:assert/strict';
import { test } from 'node:test';
import { openDefinitions } from '../definitions/index.ts';
import { Problem } from '../../platform/errors.ts';
import type { Resource } from '../types.ts';
import { decodeXml, fromXml, isXml, parseJson, toXml } from './index.ts';

const definitions = openDefinitions();
const fhir = 'xmlns="http://hl7.org/fhir"';
const xhtml = 'xmlns="http://www.w3.org/1999/xhtml"';

function read(xml: string): Resource {
  return fromXml(xml, definitions);
}

function problemOf(action: () => unknown): Problem {
  try {
    action();
  } catch (problem) {
    assert.ok(problem instanceof Problem, String(problem));
    return problem;
  }
  return assert.fail('no problem was found');
}

const roundTrips: [name: string, xml: string, json: string][] = [
  [
    'typed values',
    `<Patient ${fhir}><id value="1"/><active value="true"/><multipleBirthInteger value="2"/></Patient>`,
    '{"resourceType":"Patient","id":"1","active":true,"multipleBirthInteger":2}',
  ],
  [
    'decimals',
    `<Observation ${fhir}><valueQuantity><value value="1.00"/></valueQuantity></Observation>`,
    '{"resourceType":"Observation","valueQuantity":{"value":1.00}}',
  ],
  [
    'extensions and ids on primitives',
    `<Patient ${fhir}><birthDate id="b" value="2000"><extension url="http://e"><valueCode value="c"/></extension></birthDate></Patient>`,
    '{"resourceType":"Patient","birthDate":"2000","_birthDate":{"id":"b","extension":[{"url":"http://e","valueCode":"c"}]}}',
  ],
  [
    'lists whose items have values, content or both',
    `<Patient ${fhir}><name><given value="a"/><given id="b"/><given id="c" value="c"/><given value="d"/></name></Patient>`,
    '{"resourceType":"Patient","name":[{"given":["a",null,"c","d"],"_given":[null,{"id":"b"},{"id":"c"},null]}]}',
  ],
  [
    'a list without any value',
    `<Patient ${fhir}><name><given id="a"/><given id="b"/></name></Patient>`,
    '{"resourceType":"Patient","name":[{"_given":[{"id":"a"},{"id":"b"}]}]}',
  ],
  [
    'a list whose first item has no value',
    `<Patient ${fhir}><name><given id="a"/><given value="b"/></name></Patient>`,
    '{"resourceType":"Patient","name":[{"_given":[{"id":"a"},null],"given":[null,"b"]}]}',
  ],
  [
    'contained resources and content references',
    `<Questionnaire ${fhir}><contained><Patient><id value="p"/></Patient></contained><item><item><linkId value="1.1"/></item></item></Questionnaire>`,
    '{"resourceType":"Questionnaire","contained":[{"resourceType":"Patient","id":"p"}],"item":[{"item":[{"linkId":"1.1"}]}]}',
  ],
  [
    'resources of bundles and parameters',
    `<Bundle ${fhir}><entry><resource><Parameters><parameter><name value="a"/><resource><Patient/></resource></parameter></Parameters></resource></entry></Bundle>`,
    '{"resourceType":"Bundle","entry":[{"resource":{"resourceType":"Parameters","parameter":[{"name":"a","resource":{"resourceType":"Patient"}}]}}]}',
  ],
  [
    'extensions within extensions, with ids',
    `<Patient ${fhir}><extension id="x" url="http://e"><extension url="a"><valueUri value="u"/></extension></extension></Patient>`,
    '{"resourceType":"Patient","extension":[{"id":"x","url":"http://e","extension":[{"url":"a","valueUri":"u"}]}]}',
  ],
  [
    'white space and markup in values',
    `<Patient ${fhir}><name><text value="a&#10;b&#9;&lt;&amp;&quot;&#13;'"/></name></Patient>`,
    '{"resourceType":"Patient","name":[{"text":"a\\nb\\t<&\\"\\r\'"}]}',
  ],
  [
    'narrative',
    `<Patient ${fhir}><text><status value="generated"/><div ${xhtml}>a <b class='x'>&amp; b</b>  <br/><!-- c --></div></text></Patient>`,
    `{"resourceType":"Patient","text":{"status":"generated","div":"<div xmlns=\\"http://www.w3.org/1999/xhtml\\">a <b class='x'>&amp; b</b>  <br/><!-- c --></div>"}}`,
  ],
];

for (const [name, xml, json] of roundTrips) {
  test(`${name} go from XML to JSON and back`, () => {
    const resource = read(xml);
    assert.deepEqual(JSON.parse(JSON.stringify(resource)), JSON.parse(json));
    assert.equal(
      toXml(resource, definitions)
        .replace(/^<\?xml.*\?>\n/, '')
        .trim(),
      xml,
    );
    assert.equal(toXml(parseJson(json), definitions), toXml(resource, definitions));
    assert.deepEqual(read(toXml(resource, definitions, { pretty: true })), resource);
  });
}

test('elements are written in the order of the specification, whatever the order of the JSON', () => {
  const xml = toXml(
    { resourceType: 'Patient', gender: 'male', name: [{ given: ['b'], family: 'a' }], id: '1' },
    definitions,
  );
  assert.match(
    xml,
    /<id value="1"\/><name><family value="a"\/><given value="b"\/><\/name><gender value="male"\/>/,
  );
});

test('comments, processing instructions and white space are dropped', () => {
  const xml = `<?xml version="1.0"?>\n<!-- a -->\n<Patient ${fhir}>\n <?pi x?><!-- b --><id value="1"/>\n</Patient>\n<!-- c -->`;
  assert.deepEqual(read(xml), { resourceType: 'Patient', id: '1' });
});

test('namespace prefixes are understood, in the narrative too', () => {
  const xml =
    '<f:Patient xmlns:f="http://hl7.org/fhir" xmlns:h="http://www.w3.org/1999/xhtml" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" ' +
    'xsi:schemaLocation="a b"><f:text><f:status value="generated"/><h:div>a &lt; <h:b title="&quot;">b</h:b><h:br/></h:div></f:text></f:Patient>';
  assert.deepEqual(read(xml)['text'], {
    status: 'generated',
    div: `<div ${xhtml}>a &lt; <b title="&quot;">b</b><br/></div>`,
  });
});

test("HTML's own entities in a JSON narrative become numbers in XML", () => {
  const resource = {
    resourceType: 'Patient',
    text: { status: 'generated', div: '<div>a&nbsp;&frac12;&amp;</div>' },
  };
  assert.match(
    toXml(resource, definitions),
    /<div xmlns="http:\/\/www.w3.org\/1999\/xhtml">a&#160;&#189;&amp;<\/div>/,
  );
});

const faults: [name: string, xml: string, code: string, place: RegExp][] = [
  [
    'an unknown element',
    `<Patient ${fhir}>\n  <nmae/>\n</Patient>`,
    'record/xml-unknown-element',
    /^line 2, column 1\d$/,
  ],
  [
    'an element of another type',
    `<Patient ${fhir}><valueString value="a"/></Patient>`,
    'record/xml-unknown-element',
    /^line 1/,
  ],
  ['an unknown resource', `<Animal ${fhir}/>`, 'record/xml-unknown-resource', /^line 1/],
  ['an abstract resource', `<DomainResource ${fhir}/>`, 'record/xml-unknown-resource', /^line 1/],
  [
    'an unknown attribute',
    `<Patient ${fhir}><active vaule="true"/></Patient>`,
    'record/xml-unknown-attribute',
    /^line 1/,
  ],
  ['an attribute on a resource', `<Patient ${fhir} id="1"/>`, 'record/xml-unknown-attribute', /^line 1/],
  ['a missing namespace', '<Patient/>', 'record/xml-namespace', /^line 1/],
  [
    'a narrative in the FHIR namespace',
    `<Patient ${fhir}><text><div>a</div></text></Patient>`,
    'record/xml-namespace',
    /^line 1/,
  ],
  ['text between elements', `<Patient ${fhir}>Secretname</Patient>`, 'record/xml-text', /^line 1/],
  [
    'CDATA between elements',
    `<Patient ${fhir}><![CDATA[Secretname]]></Patient>`,
    'record/xml-text',
    /^line 1/,
  ],
  [
    'a boolean that is not one',
    `<Patient ${fhir}><active value="Secretname"/></Patient>`,
    'record/xml-value',
    /^line 1/,
  ],
  [
    'a decimal that is not one',
    `<Observation ${fhir}><valueQuantity><value value="+1"/></valueQuantity></Observation>`,
    'record/xml-value',
    /^line 1/,
  ],
  [
    'a single element that stands twice',
    `<Patient ${fhir}><gender value="male"/><gender value="male"/></Patient>`,
    'record/xml-structure',
    /^line 1/,
  ],
  [
    'two resources in one place',
    `<Patient ${fhir}><contained><Patient/><Patient/></contained></Patient>`,
    'record/xml-structure',
    /^line 1/,
  ],
  [
    'no resource where one must be',
    `<Patient ${fhir}><contained/></Patient>`,
    'record/xml-structure',
    /^line 1/,
  ],
  [
    'an element that is not closed',
    `<Patient ${fhir}>\n<name>\n</Patient>`,
    'record/xml-malformed',
    /^line 3/,
  ],
  ['text that stops', `<Patient ${fhir}><name>`, 'record/xml-malformed', /^line 1/],
  ['nothing', '', 'record/xml-malformed', /^line 1/],
  ['a DOCTYPE', `<!DOCTYPE Patient [<!ENTITY a "b">]><Patient ${fhir}/>`, 'record/xml-doctype', /^line 1/],
  [
    'an outside entity',
    `<!DOCTYPE Patient SYSTEM "file:///etc/hostname"><Patient ${fhir}/>`,
    'record/xml-doctype',
    /^line 1/,
  ],
  [
    'an entity that is not one of the five',
    `<Patient ${fhir}><name><text value="&nbsp;"/></name></Patient>`,
    'record/xml-malformed',
    /^line 1/,
  ],
];

for (const [name, xml, code, place] of faults) {
  test(`${name} is refused with its place, and nothing is quoted`, () => {
    const problem = problemOf(() => read(xml));
    assert.equal(problem.code, code);
    assert.match(problem.place ?? '', place);
    assert.doesNotMatch(problem.message + problem.wayOut, /Secretname|nmae/);
  });
}

test('deep nesting and great length are refused', () => {
  const deep = `<Questionnaire ${fhir}>${'<item>'.repeat(100_000)}`;
  assert.equal(problemOf(() => read(deep)).code, 'record/xml-too-deep');
  assert.equal(problemOf(() => fromXml(deep, definitions, { maxLength: 1000 })).status, 413);
});

const unwritable: [name: string, resource: Resource, place: string][] = [
  ['an unknown property', { resourceType: 'Patient', nmae: [] }, 'Patient'],
  ['an unknown resource', { resourceType: 'Animal' }, 'Animal'],
  ['text where a boolean must be', { resourceType: 'Patient', active: 'true' }, 'Patient.active'],
  ['one value where a list must be', { resourceType: 'Patient', name: {} }, 'Patient.name'],
  ['null in a list', { resourceType: 'Patient', name: [{ given: ['a', null] }] }, 'Patient.name[0].given[1]'],
  ['a control character', { resourceType: 'Patient', name: [{ text: '\u0001' }] }, 'Patient.name[0].text'],
  ['broken narrative', { resourceType: 'Patient', text: { div: '<div>a' } }, 'Patient.text.div'],
];

for (const [name, resource, place] of unwritable) {
  test(`${name} cannot be written as XML, and the place is told`, () => {
    const problem = problemOf(() => toXml(resource, definitions));
    assert.equal(problem.code, 'record/xml-unwritable');
    assert.equal(problem.place, place);
  });
}

function declared(encoding: string): string {
  return `<?xml version="1.0" encoding="${encoding}"?><Patient ${fhir}><name><text value="Zoë"/></name></Patient>`;
}

test('bytes are decoded by byte order mark or declaration, and XML is told from JSON', () => {
  const names = [
    decodeXml(Buffer.from(declared('UTF-8'))),
    decodeXml(Buffer.from(`\uFEFF${declared('utf-8')}`)),
    decodeXml(Buffer.from(`\uFEFF${declared('utf-16')}`, 'utf16le')),
    decodeXml(Buffer.from(`\uFEFF${declared('UTF-16')}`, 'utf16le').swap16()),
    decodeXml(Buffer.from(declared('ISO-8859-1'), 'latin1')),
    decodeXml(Buffer.from(declared('windows-1252'), 'latin1')),
  ].map((text) => read(text)['name']);
  for (const name of names) assert.deepEqual(name, [{ text: 'Zoë' }]);
  assert.equal(problemOf(() => decodeXml(Buffer.from(declared('UTF-8'), 'latin1'))).code, 'record/encoding');
  assert.equal(problemOf(() => decodeXml(Buffer.from(declared('shift_jis')))).code, 'record/encoding');
  assert.ok(isXml(Buffer.from('\uFEFF \n<Patient/>')));
  assert.ok(isXml(Buffer.from('\uFEFF<Patient/>', 'utf16le')));
  assert.ok(!isXml(Buffer.from(' {"resourceType":"Patient"}')));
  assert.ok(!isXml(Buffer.from('')));
});
