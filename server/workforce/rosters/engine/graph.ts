/**
 * All rosters that some rules allow, as paths through layers of nodes: an arc is a class of choices on a day. Nodes are
 * numbered from the last layer to the first, so that an arc always leads to a lower number; equal futures share a node.
 */
export type Graph = {
  days: number;
  /** The class of each choice, 255 where it is never allowed. */
  classOf: Uint8Array;
  classes: number;
  /** Nodes of the layer before day d: from `layerStart[days - d]` up to `layerStart[days - d + 1]`. */
  layerStart: Int32Array;
  arcStart: Int32Array;
  arcClass: Uint8Array;
  arcTarget: Int32Array;
  arcCost: Float64Array;
  /** Whether no arc costs anything. */
  isFree: boolean;
  /** What the nodes after the last day cost. */
  endCost: Float64Array;
  root: number;
};

/** Nodes and arcs alone, between the same days and classes. */
export type Net = Pick<
  Graph,
  'layerStart' | 'arcStart' | 'arcClass' | 'arcTarget' | 'arcCost' | 'endCost' | 'root'
>;
