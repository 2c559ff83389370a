export { followOrganisations } from './follow.ts';
export { updateDirectory, type DirectoryParts, type DirectoryUpdate } from './update.ts';
