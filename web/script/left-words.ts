/** How much time is left, in steps that are not too many to be read out: whole minutes, then quarters of a minute. */
export function leftWords(seconds: number): string {
  if (seconds > 60) return `${Math.ceil(seconds / 60)} minutes`;
  if (seconds > 45) return '1 minute';
  return `${Math.max(1, Math.ceil(seconds / 15)) * 15} seconds`;
}
