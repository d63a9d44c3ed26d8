import { ActionIcon, Drawer, Tabs } from '@mantine/core';
import { useTexts } from '../../../shared/i18n/texts';
import { CloseIcon } from '../../../shared/ui/icons';
import type { Scope } from '../api';
import { CallLogView } from '../call-log/call-log-view';
import { FaultsPanel } from '../faults/faults-panel';
import { sandboxTexts } from '../texts';
import type { CallLog } from '../use-call-log';
import classes from './side-panel.module.css';

interface SidePanelProps {
  scope: Scope;
  calls: CallLog;
  isOpen: boolean;
  /** Over the conversation instead of beside it. */
  isDrawer: boolean;
  onClose: () => void;
}

/** What happens behind the conversation: the Bot API calls, and the faults that spoil them. */
export function SidePanel({ scope, calls, isOpen, isDrawer, onClose }: SidePanelProps) {
  const t = useTexts(sandboxTexts);
  const content = (
    <Tabs defaultValue="calls" className={classes.tabs} keepMounted={false}>
      <div className={classes.head}>
        <Tabs.List className={classes.list}>
          <Tabs.Tab value="calls">{t.calls.tab}</Tabs.Tab>
          <Tabs.Tab value="faults">{t.calls.faultsTab}</Tabs.Tab>
        </Tabs.List>
        <ActionIcon size={32} aria-label={t.calls.close} onClick={onClose}>
          <CloseIcon size={18} />
        </ActionIcon>
      </div>
      <Tabs.Panel value="calls" className={classes.body}>
        <CallLogView log={calls} />
      </Tabs.Panel>
      <Tabs.Panel value="faults" className={classes.body}>
        <FaultsPanel scope={scope} />
      </Tabs.Panel>
    </Tabs>
  );

  if (isDrawer) {
    return (
      <Drawer
        opened={isOpen}
        onClose={onClose}
        position="right"
        size="26rem"
        padding={0}
        withCloseButton={false}
        aria-label={t.calls.panel}
        classNames={{ body: classes.drawer, content: classes.drawerContent }}
      >
        {content}
      </Drawer>
    );
  }
  return isOpen ? (
    <aside className={classes.aside} aria-label={t.calls.panel}>
      {content}
    </aside>
  ) : null;
}
