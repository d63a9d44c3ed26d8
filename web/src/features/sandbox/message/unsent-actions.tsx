import { Button, Group, Text } from '@mantine/core';
import { useTexts } from '../../../shared/i18n/texts';
import { RetryIcon } from '../../../shared/ui/icons';
import type { Entry } from '../model/conversation-reducer';
import { sandboxTexts } from '../texts';
import { useMessageActions } from './actions-context';

export function UnsentActions({ entry }: { entry: Entry }) {
  const t = useTexts(sandboxTexts);
  const { retry, discard } = useMessageActions();
  return (
    <Group gap={4} justify="flex-end" mt={4}>
      <Text size="xs" c="var(--nx-bad)">
        {t.message.failed}
      </Text>
      <Button
        size="compact-xs"
        variant="default"
        leftSection={<RetryIcon size={13} />}
        onClick={() => {
          retry(entry);
        }}
      >
        {t.message.retry}
      </Button>
      <Button
        size="compact-xs"
        variant="default"
        color="gray"
        onClick={() => {
          discard(entry);
        }}
      >
        {t.message.discard}
      </Button>
    </Group>
  );
}
