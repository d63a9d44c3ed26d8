export const ERROR_SOURCES = ['downloads', 'generation', 'recordings', 'bots', 'sending'] as const;
export type ErrorSource = (typeof ERROR_SOURCES)[number];
