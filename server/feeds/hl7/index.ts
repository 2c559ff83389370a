export { acknowledgement, type Answer } from './acknowledge.ts';
export { errorCodes, Hl7Fault, placeText, type Hl7Place, type Refusal, type Remark } from './fault.ts';
export { byPatient, parseMessage, Repeat, Segment, type Hl7Message } from './message.ts';
export { readDay, readMoment, type Moment } from './moment.ts';
export { decode } from './charset.ts';
