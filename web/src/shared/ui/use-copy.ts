import { useClipboard } from '@mantine/hooks';

/**
 * Copies to the clipboard and says so for two seconds.
 * Browsers offer the clipboard only on https and localhost; elsewhere `canCopy` is false.
 */
export function useCopy(): { canCopy: boolean; copied: boolean; copy: (text: string) => void } {
  const { copied, copy } = useClipboard();
  return { canCopy: 'clipboard' in navigator, copied, copy };
}
