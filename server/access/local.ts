/** What somebody wants to do. */
export type Action = 'read' | 'search' | 'write' | 'delete' | 'export' | 'operate';

/** Who asks. Until sign-in exists there is one: a person or program on this machine. */
export type Subject = { kind: 'local'; address: string };

export type Question = { subject: Subject; action: Action; resource: string };

export type Decision = { permit: true; reason: string } | { permit: false; reason: string; wayOut: string };

const loopback = /^(127\.\d+\.\d+\.\d+|::1|::ffff:127\.\d+\.\d+\.\d+)$/;

/**
 * May this subject do this? Refused unless a rule permits. The only rule so far: sign-in does not exist yet, so only
 * callers on this machine are served.
 */
export function decide(question: Question): Decision {
  if (loopback.test(question.subject.address)) {
    return { permit: true, reason: 'The caller is on this machine, and sign-in does not exist yet.' };
  }
  return {
    permit: false,
    reason: 'Sign-in does not exist yet, so only callers on this machine are served.',
    wayOut: 'Use OpenICS on the machine it runs on.',
  };
}
