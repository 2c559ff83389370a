import type { Json } from '../record/types.ts';
import type { Hl7Place, Remark } from './hl7/index.ts';

/** A move of a stay to another place, or the taking back of the last one. */
export type Move = { kind: 'to' | 'back'; location: Json };

/**
 * Whether a Patient stands by itself: `separate` also undoes an older merge or link. `merged`: it is no longer in use. `linked`: it is
 * the same person as another that is in use beside it.
 */
export type Standing = { kind: 'separate' } | { kind: 'merged' | 'linked'; into: string };

/** The elements of a resource as one message tells them. `null` takes an element away; an element left out is not spoken of. */
export type Elements = { [element: string]: Json };

/** What one message says about one resource. */
export type Claim = {
  type: string;
  id: string;
  /** When it was so, by the sender's clock; milliseconds since 1970. */
  at: number;
  /** 1 when the message is about this resource; 0 when it only mentions it, which fills gaps and overrides nothing. */
  weight: 0 | 1;
  /** True when the elements are the whole resource, so that a newer claim replaces an older one. */
  whole: boolean;
  elements: Elements;
  standing?: Standing;
  move?: Move;
  /** The resource of the same type that this one was until now: what is held of it holds here too. */
  inherits?: string;
  /** The segment it comes from. */
  place: Hl7Place;
};

/** What a message comes to: claims, and what a person should know about it. */
export type Reading = { claims: Claim[]; remarks: Remark[] };

/** Who sent a message, as far as it bears on what is made of it. */
export type Sender = {
  /** What keeps its numbers apart from those of others: the facility of MSH-4, else the application of MSH-3. */
  facility: string;
  /** URI that each resource names as its source. */
  source: string;
};
