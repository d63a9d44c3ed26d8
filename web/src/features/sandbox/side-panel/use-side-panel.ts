import { useDisclosure, useLocalStorage } from '@mantine/hooks';

interface SidePanelState {
  isOpen: boolean;
  toggle: () => void;
  close: () => void;
}

/** Beside the conversation the panel stays as it was left; over it (`hasRoom` false) it opens only when asked for. */
export function useSidePanel(hasRoom: boolean): SidePanelState {
  const [isDocked, setDocked] = useLocalStorage({
    key: 'nexus.sandbox.panel',
    defaultValue: true,
    getInitialValueInEffect: false,
  });
  const [isDrawn, { toggle, close }] = useDisclosure(false);

  if (!hasRoom) return { isOpen: isDrawn, toggle, close };
  return {
    isOpen: isDocked,
    toggle: () => {
      setDocked(!isDocked);
    },
    close: () => {
      setDocked(false);
    },
  };
}
