import type { Test } from '../../compiled.ts';

export const isGlassOpen: Test = ({ glassOpen }) => glassOpen;
