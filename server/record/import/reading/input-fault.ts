import { fault } from './faults.ts';
import type { Fault, FaultCode } from './types.ts';

/** Ends the reading of one input, with what to report. */
export class InputFault extends Error {
  readonly fault: Fault;

  constructor(code: FaultCode, reason?: string) {
    super(code);
    this.name = 'InputFault';
    this.fault = fault(code, reason === undefined ? {} : { reason });
  }
}

const unreadable: Record<string, string> = {
  ENOENT: 'There is no such file or folder.',
  EACCES: 'This user may not read it.',
  EPERM: 'This user may not read it.',
  EISDIR: 'It is a folder.',
  ELOOP: 'It is a symbolic link that leads to itself.',
  EIO: 'The disk gave an error while it was read.',
};

/** The fault behind an error that came from reading, or undefined when the error is of another kind. */
export function faultOf(error: unknown): Fault | undefined {
  if (error instanceof InputFault) return error.fault;
  if (!(error instanceof Error)) return undefined;
  const code = 'code' in error && typeof error.code === 'string' ? error.code : '';
  if (unreadable[code] !== undefined) return fault('unreadable', { reason: unreadable[code] });
  if (code === 'Z_BUF_ERROR') {
    return fault('truncated', { reason: 'The compressed input is cut off.' });
  }
  if (code.startsWith('Z_')) return fault('archive');
  return undefined;
}
