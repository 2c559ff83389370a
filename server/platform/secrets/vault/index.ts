import type { Keeper } from '../types.ts';
import { vaultKeeper } from './keeper.ts';
import { readVaultSettings } from './settings.ts';

export { vaultKeeper } from './keeper.ts';
export { checkVaultSettings, type VaultSettings } from './settings.ts';

/** The vault that a file of settings describes. Nothing is asked of it yet. */
export const openVault = (file: string): Keeper => vaultKeeper(readVaultSettings(file));
