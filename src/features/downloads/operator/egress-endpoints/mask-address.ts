/** What may be shown of a proxy's address: its kind, host and port, and whether it has credentials. */
export function maskAddress(address: string): string {
  const { protocol, host, username, password } = new URL(address);
  const credentials = username === '' && password === '' ? '' : '••••@';
  return `${protocol}//${credentials}${host}`;
}
