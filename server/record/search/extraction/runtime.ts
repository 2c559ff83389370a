import * as amounts from './amounts.ts';
import * as moments from './moments.ts';
import * as pairs from './pairs.ts';
import { addPosition } from './positions.ts';
import { noQualifiers, Qualifiers } from './qualifiers.ts';
import * as references from './references.ts';
import * as texts from './texts.ts';
import * as tokens from './tokens.ts';

/** What generated extractors call. */
export const runtime = {
  addCodeableConcept: tokens.addCodeableConcept,
  addCoding: tokens.addCoding,
  addBareCode: tokens.addBareCode,
  addPlainCode: tokens.addPlainCode,
  addBoolean: tokens.addBoolean,
  addIdentifier: tokens.addIdentifier,
  addContactPoint: tokens.addContactPoint,
  addSound: tokens.addSound,
  addUri: tokens.addUri,
  addUriWording: tokens.addUriWording,
  addReference: references.addReference,
  addCanonical: references.addCanonical,
  addResource: references.addResource,
  addString: texts.addString,
  addHumanName: texts.addHumanName,
  addAddress: texts.addAddress,
  addConceptText: texts.addConceptText,
  addDate: moments.addDate,
  addPeriod: moments.addPeriod,
  addTiming: moments.addTiming,
  addNumber: amounts.addNumber,
  addQuantity: amounts.addQuantity,
  addMoney: amounts.addMoney,
  addRange: amounts.addRange,
  addSampledData: amounts.addSampledData,
  addSpan: amounts.addSpan,
  addPosition,
  sideOfConcept: pairs.sideOfConcept,
  sideOfCode: pairs.sideOfCode,
  sideOfBareCode: pairs.sideOfBareCode,
  sideOfReference: pairs.sideOfReference,
  addPairs: pairs.addPairs,
  Qualifiers,
  noQualifiers,
};
