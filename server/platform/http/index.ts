export { createHttp, refuseTooMany, type AccessDeclaration, type Gate, type HttpOptions } from './app.ts';
export { createLimiter, type Limit } from './limits.ts';
export { problemBody } from './problems.ts';
export { wallRequests } from './wall.ts';
