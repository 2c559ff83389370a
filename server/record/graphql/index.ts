export { executeGraphQl } from './execute.ts';
export { parseQuery } from './parse-query.ts';
export {
  defaultLimits,
  type GraphQlError,
  type GraphQlRequest,
  type GraphQlResult,
  type Limits,
  type ReferenceTarget,
  type SearchPage,
  type SearchRequest,
  type Source,
} from './types.ts';
