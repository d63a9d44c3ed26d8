/** The job in the last part of `…/{jobId}.{attempt}.{token}`; null when there is none. */
export function jobIdOf(callBackUrl: string | null): string | null {
  const [jobId = ''] = lastPartOf(callBackUrl).split('.');
  return jobId === '' ? null : jobId;
}

/** The same address with a token that nobody has handed out. */
export function withWrongToken(callBackUrl: string): string {
  const last = lastPartOf(callBackUrl);
  const [job = '', attempt = '', token = ''] = last.split('.');
  return callBackUrl.replace(last, `${job}.${attempt}.${'A'.repeat(token.length)}`);
}

const lastPartOf = (url: string | null): string =>
  url === null ? '' : (new URL(url).pathname.split('/').at(-1) ?? '');
