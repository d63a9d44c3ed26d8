import { ActionIcon, Alert, EmptyState, Select, Skeleton, Stack, Tooltip } from '@mantine/core';
import { useMemo, useState } from 'react';
import { useTexts } from '../../../shared/i18n/texts';
import { TerminalIcon, TrashIcon } from '../../../shared/ui/icons';
import { methodsOf } from '../model/calls';
import { sandboxTexts } from '../texts';
import type { CallLog } from '../use-call-log';
import { CallItem } from './call-item';
import classes from './call-log.module.css';

export function CallLogView({ log: { calls, isLoaded, hasFailed, clear } }: { log: CallLog }) {
  const t = useTexts(sandboxTexts);
  const [method, setMethod] = useState<string | null>(null);
  const methods = useMemo(() => methodsOf(calls), [calls]);
  const shown = method === null ? calls : calls.filter((call) => call.method === method);

  return (
    <div className={classes.log}>
      <div className={classes.tools}>
        <Select
          size="xs"
          flex={1}
          aria-label={t.calls.method}
          placeholder={t.calls.allMethods}
          data={methods}
          value={method}
          onChange={setMethod}
          clearable
          searchable
        />
        <Tooltip label={t.calls.clear}>
          <ActionIcon size={30} aria-label={t.calls.clear} onClick={clear}>
            <TrashIcon size={17} />
          </ActionIcon>
        </Tooltip>
      </div>
      {hasFailed && (
        <Alert color="red" m="xs">
          {t.calls.failed}
        </Alert>
      )}
      {!isLoaded && !hasFailed && (
        <Stack gap={6} p="xs">
          {[1, 2, 3, 4].map((row) => (
            <Skeleton key={row} height={40} radius="md" />
          ))}
        </Stack>
      )}
      {isLoaded && shown.length === 0 && (
        <EmptyState
          mt="xl"
          px="lg"
          size="sm"
          icon={<TerminalIcon size={28} />}
          title={t.calls.empty}
          description={t.calls.emptyHint}
        />
      )}
      <ul className={classes.list}>
        {shown.map((call) => (
          <CallItem key={call.seq} call={call} />
        ))}
      </ul>
    </div>
  );
}
