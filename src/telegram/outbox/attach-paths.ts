/** The parameter in which an album lists its media. */
const ALBUM = 'media';

/**
 * Puts the paths of files on a disk that is shared with the server where they belong: as the parameter of their name, or in
 * an album where `attach://` names them.
 */
export function attachPaths(params: Record<string, unknown>, paths: Record<string, string>): Record<string, unknown> {
  const album = params[ALBUM];
  if (!Array.isArray(album)) return { ...params, ...paths };
  const named = new Map(Object.entries(paths).map(([name, path]) => [`attach://${name}`, path]));
  const attached = (value: unknown) => (typeof value === 'string' ? (named.get(value) ?? value) : value);
  const media = album.map((item: object) =>
    Object.fromEntries(Object.entries(item).map(([field, value]) => [field, attached(value)])),
  );
  return { ...params, [ALBUM]: media };
}
