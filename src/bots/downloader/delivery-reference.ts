/** Which message of which request: `{requestId}/{part}`. */
export function referenceTo(requestId: string, part: number): string {
  return `${requestId}/${part}`;
}

/** One that was written without a part is the first, and the only one. */
export function readReference(reference: string): { requestId: string; part: number } {
  const [requestId = '', part = '0'] = reference.split('/');
  return { requestId, part: Number(part) };
}
