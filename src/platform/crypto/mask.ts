/** How a secret is shown: `••••` and its last four characters, or dots alone when these would be more than half of it. */
export function mask(secret: string): string {
  return secret.length < 8 ? '••••' : `••••${secret.slice(-4)}`;
}
