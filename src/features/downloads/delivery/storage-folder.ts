export const STORAGE_FOLDER = 'downloads';

/** Where the files of a request wait for being sent. */
export const storageFolderOf = (requestId: string) => `${STORAGE_FOLDER}/${requestId}`;
