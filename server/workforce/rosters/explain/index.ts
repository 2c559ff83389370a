export { clash, type Clause } from './clash.ts';
export { checkEdit, type Edit, type Ground, type Verdict as EditVerdict } from './edit.ts';
export { explain, type Explanation } from './why.ts';
