/**
 * True when what goes over the way to a database cannot be read or answered by others: it is on this machine, or reached by TLS whose
 * certificate is checked.
 */
export function isEncrypted(databaseUrl: string): boolean {
  const url = URL.parse(databaseUrl);
  if (url === null) return false;
  const host = url.searchParams.get('host') ?? decodeURIComponent(url.hostname);
  const isHere =
    host === '' || host.startsWith('/') || /^(localhost|127\.\d+\.\d+\.\d+|\[?::1\]?)$/.test(host);
  return isHere || url.searchParams.get('sslmode') === 'verify-full';
}
