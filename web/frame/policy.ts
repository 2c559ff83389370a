/**
 * The content policy of pages. Where sign-in is not switched on they run nothing at all; somebody signed in gets the one
 * small script that tells when the visit ends. A page never runs what stands in the page itself.
 */
export function contentPolicy({ script }: { script: boolean }): string {
  return [
    "default-src 'none'",
    ...(script ? ["script-src 'self'", "connect-src 'self'"] : []),
    "style-src 'self'",
    "img-src 'self' data:",
    "form-action 'self'",
    "base-uri 'none'",
    "frame-ancestors 'none'",
  ].join('; ');
}
