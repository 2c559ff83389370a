import type { Community } from '../names/communities.ts';
import type { Cell } from './grid.ts';

/** A small area of about 1,500 people. */
export type Lsoa = {
  index: number;
  code: string;
  name: string;
  neighbourhood: Neighbourhood;
  cell: Cell;
  /** 1 (most deprived) to 10. */
  imdDecile: number;
  /** How likely each community is here, in parts of 1,000. */
  shares: ReadonlyMap<Community, number>;
  /** Homes taken at the beginning. */
  homes: number;
  /** Homes in all: the others are for those who move. */
  slots: number;
  district: number;
  firstPostcode: number;
  postcodes: number;
};

export type Neighbourhood = { index: number; code: string; name: string; place: Place };
export type Place = { index: number; code: string; name: string };

/** Where someone lives. */
export type Address = {
  kind: 'home' | 'care-home' | 'prison' | 'none';
  line: string;
  town: string;
  postcode: string;
  /** The small area; undefined for no fixed abode. */
  lsoa: Lsoa | undefined;
};

/** The kinds of partner that send a feed. */
export const feedKinds = [
  'gp',
  'acute',
  'mental-health',
  'independent',
  'council',
  'voluntary',
  'housing',
  'school',
  'drug-and-alcohol',
] as const;
export type FeedKind = (typeof feedKinds)[number];

export type Partner = {
  index: number;
  id: string;
  /** As in docs/reference/geography-format.md. */
  kind: string;
  name: string;
  odsCode: string;
  /** What it sends, if anything. */
  sends?: FeedKind;
  /** Where it is. */
  lsoa: Lsoa;
  address: Address;
  memberships: { body: string; kind: 'member' | 'serves' | 'commissioned-by' }[];
  services: { name: string; kind: string }[];
  identifiers?: { system: string; value: string }[];
};
