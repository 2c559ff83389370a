import type { SearchParameter } from '../../definitions/index.ts';

/** How values of one FHIR type are indexed for one kind of parameter. */
export type Leaf =
  | 'concept'
  | 'coding'
  | 'code'
  | 'boolean'
  | 'identifier'
  | 'contact'
  | 'plain'
  | 'sound'
  | 'reference'
  | 'canonical'
  | 'uri'
  | 'resource'
  | 'string'
  | 'name'
  | 'address'
  | 'conceptText'
  | 'date'
  | 'period'
  | 'timing'
  | 'number'
  | 'quantity'
  | 'money'
  | 'range'
  | 'samples'
  | 'position';

type Leaves = Readonly<Record<string, Leaf>>;

const quantity: Leaves = {
  Quantity: 'quantity',
  Age: 'quantity',
  Duration: 'quantity',
  Distance: 'quantity',
  Count: 'quantity',
  Money: 'money',
  Range: 'range',
  SampledData: 'samples',
};

const leaves: Readonly<Record<SearchParameter['type'], Leaves>> = {
  token: {
    CodeableConcept: 'concept',
    Coding: 'coding',
    code: 'code',
    boolean: 'boolean',
    Identifier: 'identifier',
    ContactPoint: 'contact',
    string: 'plain',
    id: 'plain',
    uri: 'plain',
    url: 'plain',
    oid: 'plain',
    canonical: 'plain',
  },
  reference: { Reference: 'reference', canonical: 'canonical', uri: 'uri', url: 'uri', Resource: 'resource' },
  string: {
    string: 'string',
    markdown: 'string',
    HumanName: 'name',
    Address: 'address',
    CodeableConcept: 'conceptText',
  },
  uri: { uri: 'uri', url: 'uri', canonical: 'canonical', oid: 'uri', uuid: 'uri' },
  date: { date: 'date', dateTime: 'date', instant: 'date', Period: 'period', Timing: 'timing' },
  number: { decimal: 'number', integer: 'number', positiveInt: 'number', unsignedInt: 'number' },
  quantity,
  composite: {},
  special: { 'Location.position': 'position' },
};

/** How a value of this type is indexed, or undefined when the parameter has nothing to do with such values. */
export function leafOf(kind: SearchParameter['type'], type: string): Leaf | undefined {
  const known = leaves[kind];
  return Object.hasOwn(known, type) ? known[type] : undefined;
}
