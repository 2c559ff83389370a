export { loadGeography, type FileReport, type GeographyReport } from './geography/load.ts';
