/**
 * Folders of the data folder that belong to what the database holds. Without its private keys a restored audit log could not go on:
 * they are sealed with a key that lies in the database.
 */
export const keptFolders: readonly string[] = ['audit-keys'];
