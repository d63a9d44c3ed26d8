export interface EncryptionKey {
  /** Names the key inside what it encrypted. */
  id: string;
  /** 32 bytes, for AES-256. */
  key: Buffer;
}

const FORMAT = /^([\w-]{1,32}):([A-Za-z0-9+/]{43}=)$/;

/** Reads `id:base64,…`. @throws when a key is not 32 bytes or an id stands twice. */
export function parseEncryptionKeys(text: string): EncryptionKey[] {
  const keys = text.split(',').map((item) => {
    const [, id, key] = FORMAT.exec(item.trim()) ?? [];
    if (id === undefined || key === undefined) throw new Error('not id:base64 of 32 bytes');
    return { id, key: Buffer.from(key, 'base64') };
  });
  if (new Set(keys.map(({ id }) => id)).size < keys.length) throw new Error('an id stands twice');
  return keys;
}
