export { page, table } from './page.ts';
export { escaped } from './svg.ts';
