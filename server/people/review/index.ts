export { registerReview, Reviewer, sourceNamer, type ReviewServices } from './routes.ts';
export { evidenceBetween, sideOf, type Side } from './sides.ts';
