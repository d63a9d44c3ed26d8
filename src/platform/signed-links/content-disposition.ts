/**
 * The header `Content-Disposition` for a file name in any script: `filename*` (RFC 6266, RFC 8187), and for old clients
 * an ASCII `filename`.
 */
export function contentDisposition(disposition: 'inline' | 'attachment', fileName: string): string {
  // Lone halves of surrogate pairs have no UTF-8, and slashes and control characters no place in a name.
  const name = fileName.replace(/[\p{Surrogate}\p{Cc}/\\]/gu, '_');
  const ascii = name.replace(/[^ -~]|["%]/gu, '_');
  return `${disposition}; filename="${ascii}"; filename*=UTF-8''${encodeRfc8187(name)}`;
}

function encodeRfc8187(text: string): string {
  return encodeURIComponent(text).replace(/['()*]/g, (char) => `%${char.charCodeAt(0).toString(16).toUpperCase()}`);
}
