/**
 * What every answer tells the browser where others than this machine are served. Pages say more of their own. An answer that is no
 * page runs nothing, is framed by nobody, is kept nowhere and is read by no other site.
 * Source: OWASP Secure Headers Project; OWASP ASVS 5.0, V3.4.
 */
export function safeHeaders(address: string): Record<string, string> {
  return {
    'cache-control': 'no-store',
    'content-security-policy':
      "default-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'",
    'cross-origin-opener-policy': 'same-origin',
    'cross-origin-resource-policy': 'same-origin',
    'permissions-policy': 'camera=(), geolocation=(), microphone=()',
    'referrer-policy': 'same-origin',
    'x-content-type-options': 'nosniff',
    'x-frame-options': 'DENY',
    ...(address.startsWith('https://')
      ? { 'strict-transport-security': 'max-age=31536000; includeSubDomains' }
      : {}),
  };
}
