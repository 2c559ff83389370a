import assert from 'node:assert/strict';
import { test } from 'node:test';
import { database } from '../../test/support/database.ts';
import { doings, id, minutes } from './made-up.fixture.ts';
import { compare, defaultModel, normalise } from './matching/index.ts';
import { recheckPatients } from './recheck.ts';
import type { ObservedPatient } from './types.ts';

const db = await database();
const { observe, samePerson } = doings(db, minutes());

const caseAbout = async (
  n: number,
): Promise<{ reasons: string; candidates: { patientId: string }[] } | undefined> => {
  const [row] = await db.query<{ reasons: string; candidates: string }>(
    `select reasons, candidates from people.review where patient_id = $1 and state = 'waiting'`,
    [id(n)],
  );
  return row && { reasons: row.reasons, candidates: JSON.parse(row.candidates) as { patientId: string }[] };
};

type Home = { street: string; postcode: string; phone: string };
const at = ({ street, postcode, phone }: Home): Omit<ObservedPatient, 'patientId'> => ({
  active: true,
  source: 'urn:example:gp',
  addresses: [{ lines: [street], postcode }],
  phones: [phone],
});

test('a child with the middle name of its mother is not taken for her, though one record of hers lacks the number', async () => {
  const home = at({ street: '28 Kiln Rise', postcode: 'ZZ4 0FZ', phone: '01632 002372' });
  const mother = {
    ...home,
    given: ['Philippa'],
    family: ['Harcastle'],
    birthDate: '1986-09-23',
    sex: 'female',
  };
  const number = '9434765919';
  await observe({ ...mother, patientId: id(1), nhsNumber: number });
  await observe({ ...mother, patientId: id(2), source: 'urn:example:housing' });
  assert.ok(await samePerson(1, 2));
  const child = { ...home, given: ['Tansy', 'Philippa'], family: ['Harcastle'], birthDate: '2016-07-17' };
  await observe({ ...child, patientId: id(3), sex: 'female', nhsNumber: '4010232137' });
  assert.equal(await samePerson(1, 3), false);
  assert.equal(await caseAbout(3), undefined);
});

test('a child whose family name is the given name of its father is not taken for him', async () => {
  const home = at({ street: '29 Dyers Court', postcode: 'ZZ4 0FR', phone: '01632 000914' });
  const father = {
    ...home,
    given: ['Rajaratnam'],
    family: ['Velupillai'],
    birthDate: '1984-10-02',
    sex: 'male',
  };
  await observe({ ...father, patientId: id(10) });
  const child = { ...home, given: ['Kugan'], family: ['Rajaratnam'], birthDate: '2017-04-22', sex: 'male' };
  await observe({ ...child, patientId: id(11) });
  assert.equal(await samePerson(10, 11), false);
  assert.equal(await caseAbout(11), undefined);
});

const father = {
  ...at({ street: '29 Saddlers Avenue', postcode: 'ZZ4 0FH', phone: '01632 000915' }),
  given: ['Hassan'],
  family: ['El-Wakil'],
  birthDate: '1998-08-01',
  sex: 'male',
};

test('a father and a child with one birthday and names much alike are not joined', async () => {
  await observe({ ...father, patientId: id(20) });
  await observe({ ...father, patientId: id(21), given: ['Zahra'], birthDate: '2001-03-15', sex: 'female' });
  await observe({ ...father, patientId: id(22), given: ['Rashid'], birthDate: '2017-08-01' });
  assert.equal(await samePerson(20, 22), false);
});

test('who is somebody else beyond doubt is not offered to a reviewer', async () => {
  await observe({ ...father, patientId: id(23), birthDate: '2019-11-30' });
  const asked = (await caseAbout(23))?.candidates.map(({ patientId }) => patientId);
  assert.deepEqual(asked, [id(20)]);
});

const birth = (one: string, other: string) =>
  compare(normalise({ birthDate: one }), normalise({ birthDate: other }), defaultModel).agreement.birthDate;

test('a year of birth that is off by more than a slip is no partial agreement', () => {
  assert.equal(birth('1998-08-01', '2017-08-01'), 'different');
  assert.equal(birth('1998-08-01', '1975-08-01'), 'different');
  assert.equal(birth('1967-08-01', '1976-08-01'), 'partly');
  assert.equal(birth('1967-08-01', '1977-08-01'), 'partly');
});

test('one record under another given name does not stand against a record that agrees', async () => {
  const home = at({ street: '9 Ropewalk', postcode: 'ZZ4 0LW', phone: '01632 404727' });
  const maud = {
    ...home,
    given: ['Maudeline'],
    family: ['Townshead'],
    birthDate: '1960-02-05',
    sex: 'female',
  };
  await observe({ ...maud, patientId: id(30), nhsNumber: '9000000009' });
  await observe({ ...maud, patientId: id(31), given: ['Bo'], nhsNumber: '9000000009' });
  await observe({ ...maud, patientId: id(32), source: 'urn:example:housing' });
  assert.ok((await samePerson(30, 31)) && (await samePerson(30, 32)));
  assert.equal(await caseAbout(32), undefined);
});

test('a husband with nearly the same name is no rival to his wife, whose birth date agrees', async () => {
  const home = at({ street: '31 Poplar Drove', postcode: 'ZZ4 0HT', phone: '01632 004916' });
  const wife = { ...home, given: ['Joan'], family: ['Fortesquieu'], birthDate: '1939-12-04' };
  await observe({
    ...wife,
    patientId: id(40),
    given: ['John'],
    birthDate: '1941-09-10',
    phones: ['01632 4999'],
  });
  await observe({ ...wife, patientId: id(41), phones: [] });
  assert.equal(await samePerson(40, 41), false);
  await observe({ ...wife, patientId: id(42), source: 'urn:example:housing' });
  assert.ok(await samePerson(41, 42));
  assert.equal(await caseAbout(42), undefined);
});

test('a namesake of another age at another home is no question for anybody', async () => {
  const here = at({ street: '8 Springwell Court', postcode: 'ZZ4 0HS', phone: '01632 002686' });
  const there = at({ street: '19 Kingfisher Close', postcode: 'ZZ4 0DT', phone: '01632 002777' });
  const name = { given: ['Jonathan'], family: ['Anderthwaite'], sex: 'male' };
  await observe({ ...here, ...name, birthDate: '1995-12-07', patientId: id(50) });
  await observe({ ...there, ...name, birthDate: '1997-01-29', patientId: id(51) });
  assert.equal(await samePerson(50, 51), false);
  assert.equal(await caseAbout(51), undefined);
});

test('1 January of the same year is taken for a year, also where the number tells', async () => {
  const home = at({ street: '11 Church Stile', postcode: 'ZZ4 0BY', phone: '01632 404568' });
  const douglas = {
    ...home,
    given: ['Douglas'],
    family: ['Bartonshaw'],
    birthDate: '1934-11-12',
    sex: 'male',
  };
  await observe({ ...douglas, patientId: id(60), nhsNumber: '9000000025' });
  await observe({ ...douglas, patientId: id(61), birthDate: '1934-01-01' });
  await observe({ ...douglas, patientId: id(62), birthDate: '1934-01-01', nhsNumber: '9000000025' });
  assert.ok((await samePerson(60, 61)) && (await samePerson(60, 62)));
});

test('without a birth date much that agrees is a question', async () => {
  const home = at({ street: '2 Fuller Steps', postcode: 'ZZ4 0BZ', phone: '01632 404569' });
  const edna = { ...home, given: ['Edna'], family: ['Colquhoun-Vance'], sex: 'female' };
  await observe({ ...edna, patientId: id(70), birthDate: '1952-06-08' });
  await observe({ ...edna, patientId: id(71), birthDate: '1900-01-01' });
  assert.equal(await samePerson(70, 71), false);
  assert.equal((await caseAbout(71))?.reasons, '["much agrees, but no birth date tells"]');
});

test('a twin is not taken for the other, whose name is much alike, because of where it lives, from whichever side it is looked at', async () => {
  const home = at({ street: '34 Constables Walk', postcode: 'ZZ4 1RW', phone: '01632 006136' });
  const before = at({ street: '33 Newtons Drive', postcode: 'ZZ5 1LX', phone: '01632 006136' });
  const twin = { family: ['Hayesworth'], birthDate: '2005-12-15', sex: 'female' };
  await observe({ ...home, ...twin, patientId: id(80), given: ['Gracie'], nhsNumber: '9990000018' });
  await observe({ ...before, ...twin, patientId: id(81), given: ['Grace'], nhsNumber: '9000000033' });
  await observe({ ...home, ...twin, patientId: id(82), given: ['Grace'] });
  assert.equal(await samePerson(80, 82), false);
  assert.match((await caseAbout(82))?.reasons ?? '', /this very name/);
  await recheckPatients(db, minutes(), async () => []);
  assert.equal(await samePerson(80, 82), false);
  assert.equal((await caseAbout(82))?.candidates.length, 2);
});

test('what a household shares does not make up for a birth date and a given name that agree in part', async () => {
  const home = at({ street: '11 Hill Courtyard', postcode: 'ZZ4 1NY', phone: '01632 006280' });
  const shamima = {
    ...home,
    given: ['Shamima'],
    family: ['Begumova'],
    birthDate: '1977-08-26',
    sex: 'female',
  };
  await observe({ ...shamima, patientId: id(90) });
  await observe({ ...shamima, patientId: id(91), given: ['Nasima'], birthDate: '1977-03-26' });
  assert.equal(await samePerson(90, 91), false);
  assert.match((await caseAbout(91))?.reasons ?? '', /only in part/);
});
