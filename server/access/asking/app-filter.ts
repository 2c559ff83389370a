import type { App, Grant } from '../types.ts';
import type { Piece } from './types.ts';

/** What stands of an app's grants for one piece. Pieces of the same `kind` are alike in this. */
export type Narrowed = { app: App | null; kind: string };

/**
 * Applies the queries of an app's scopes to single pieces. A grant with a query counts for a piece that fulfils it, and then as one
 * without; for any other piece, and for one of which that is not known, it is not there. So such a scope only ever narrows.
 * Source: SMART App Launch 2.2.0, "Finer-grained resource constraints using search parameters".
 */
export function narrowApp(app: App | null): (piece: Piece) => Narrowed {
  const plain: Narrowed = { app, kind: '' };
  if (app === null || app.grants.every(({ query }) => query === undefined)) return () => plain;
  const made = new Map<string, Narrowed>();
  return (piece) => {
    const kept = app.grants.map((grant) => counts(grant, piece));
    const kind = kept.map(Number).join('');
    let found = made.get(kind);
    if (found === undefined) {
      const grants = app.grants.filter((_, index) => kept[index]).map(withoutQuery);
      made.set(kind, (found = { app: { ...app, grants }, kind }));
    }
    return found;
  };
}

const counts = ({ type, query }: Grant, piece: Piece): boolean =>
  query === undefined ||
  ((type === '*' || type === piece.type) && piece.meets !== undefined && piece.meets(query));

const withoutQuery = (grant: Grant): Grant => ({ ...grant, query: undefined });
