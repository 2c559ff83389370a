export { createHttp, type AccessDeclaration, type Gate } from './app.ts';
export { problemBody } from './problems.ts';
