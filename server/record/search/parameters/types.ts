import type { SearchParameter } from '../../definitions/index.ts';
import type { Halves } from '../hash.ts';
import type { Path } from './paths.ts';

/** A search parameter of one type, worked out for indexing and asking. */
export type Param = {
  type: string;
  code: string;
  url: string;
  kind: SearchParameter['type'];
  /** Its bit in `present` and its number in the side tables. Never changes for the base parameters. */
  ordinal: number;
  /** Start of all its hashes. */
  seed: Halves;
  targets: string[];
  /** What it indexes under its own name. Empty when other parameters hold all of it. */
  paths: Path[];
  /** The parameters that hold its values. Usually only itself. */
  members: Param[];
  /** A name or address whose main parts are indexed by the members of their own. */
  partsElsewhere: boolean;
  /** Its tokens are codes alone: a system in a question is compared with `codeSystems`. */
  plain: boolean;
  /** 1 when the tally counts its tokens. */
  counted: 0 | 1;
  /** The system behind bare codes, from required value sets. */
  codeSystems?: CodeSystems | undefined;
  /** FHIRPath for what `paths` cannot say. */
  expression?: string;
  /** It names the patient that the resource belongs to: answered by `patient_id`. */
  owner: boolean;
  /** Its range stands in the row itself: `date_low`, `date_high`. */
  mainDate: boolean;
  composites?: Composite[];
  pairs?: Pairs;
  span?: Span;
  /** For a quantity: the codings beside it, so that a composite finds both in one component. */
  qualifiedBy?: Qualifier;
};

/** A single system for all codes, or a system for each code. */
export type CodeSystems = string | ReadonlyMap<string, string>;

/** Codings at `paths`, which start at the same place as the quantity's first `depth` steps. */
export type Qualifier = { depth: number; paths: Path[] };

/** One way to answer a composite; a combined one such as `combo-code-value-quantity` has several. */
export type Composite =
  /** Parts asked through parameters of their own. */
  | { shape: 'parts'; parts: Part[] }
  /** Token pairs, or a code with two numbers, that `holder` indexes. */
  | { shape: 'pairs'; holder: Param }
  | { shape: 'span'; holder: Param };

/** A part asked through another parameter; `qualified` says that its rows carry the codes of the part before it. */
export type Part = { param: Param; qualified: boolean };

/** Token pairs of one element, hashed together. */
export type Pairs = { context: Path; parts: [PairPart, PairPart] };

/** A code and two numbers of one element, in one row of search_number: low is the first, high the second. */
export type Span = { context: Path; code: Path[]; from: Path[]; to: Path[] };

export type PairPart = { kind: SearchParameter['type']; targets: string[]; paths: Path[] };

/** The parameters of one type. */
export type TypeParams = {
  type: string;
  byCode: ReadonlyMap<string, Param>;
  /** In the order of their ordinals. */
  all: readonly Param[];
};
