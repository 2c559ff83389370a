export {
  createHttp,
  refuseTooMany,
  routesOf,
  type AccessDeclaration,
  type Gate,
  type HttpOptions,
  type Route,
} from './app.ts';
export { createLimiter, type Limit } from './limits.ts';
export { problemBody } from './problems.ts';
export { pageOf, shareWithinPages } from './pages.ts';
export { wallRequests } from './wall.ts';
