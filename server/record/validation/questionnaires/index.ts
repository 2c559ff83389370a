export { checkResponse } from './response.ts';
