export { clash, type Clash, type Clause } from './clash.ts';
export { checkEdit, costOfRule, type Edit, type Ground, type Verdict as EditVerdict } from './edit.ts';
export { explain, type Explanation } from './why.ts';
export { hardPart, isSoft } from './hard.ts';
