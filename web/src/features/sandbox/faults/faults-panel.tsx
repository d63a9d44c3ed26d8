import { asHttpError } from '../../../shared/http/http';
import { Alert, Button, Group, Loader, Stack, Text, Title } from '@mantine/core';
import { useResource } from '../../../shared/http/use-resource';
import { useTexts } from '../../../shared/i18n/texts';
import { useToast } from '../../../shared/ui/toasts';
import { addFault, clearFaults, type FaultSpec, listFaults, type Scope } from '../api';
import { sandboxTexts } from '../texts';
import { FaultForm } from './fault-form';
import { FaultRow } from './fault-row';
import classes from './faults-panel.module.css';

/** Faults are used up by calls that this panel does not hear of, so it looks again now and then. */
const REFRESH_MS = 2_000;

export function FaultsPanel({ scope: { botId, chatId } }: { scope: Scope }) {
  const t = useTexts(sandboxTexts);
  const toast = useToast();
  const { data: active, error, reload } = useResource(listFaults, REFRESH_MS);

  const run = (change: Promise<unknown>): void => {
    change.then(reload, (reason: unknown) => {
      toast(t.errors.failed(asHttpError(reason).message), 'error');
    });
  };
  const add = (fault: FaultSpec): void => {
    run(addFault({ botId, ...fault }));
  };

  const quick: { label: string; fault: FaultSpec }[] = [
    {
      label: t.faults.flood,
      fault: {
        kind: 'error',
        method: 'sendVideo',
        chatId,
        times: 1,
        status: 429,
        description: 'Too Many Requests: retry after 5',
        retryAfter: 5,
      },
    },
    { label: t.faults.cut, fault: { kind: 'drop', when: 'after', chatId, times: 1 } },
    { label: t.faults.slow, fault: { kind: 'delay', ms: 5_000, chatId, times: 1 } },
  ];

  return (
    <Stack className={classes.panel} gap="lg">
      <Text size="sm" c="dimmed">
        {t.faults.hint}
      </Text>
      <section>
        <Group justify="space-between" mb={6}>
          <Title order={2} className={classes.title}>
            {t.faults.active}
          </Title>
          {active && active.length > 0 && (
            <Button
              size="compact-xs"
              variant="subtle"
              color="red"
              onClick={() => {
                run(clearFaults());
              }}
            >
              {t.faults.clear}
            </Button>
          )}
        </Group>
        {error && <Alert color="red">{t.faults.failed}</Alert>}
        {!active && !error && <Loader type="dots" size="sm" />}
        {active?.length === 0 && (
          <Text size="sm" c="dimmed">
            {t.faults.none}
          </Text>
        )}
        <ul className={classes.list}>
          {active?.map((fault) => (
            <FaultRow key={fault.id} fault={fault} />
          ))}
        </ul>
      </section>
      <section>
        <Title order={2} className={classes.title} mb={6}>
          {t.faults.quick}
        </Title>
        <Stack gap={6}>
          {quick.map(({ label, fault }) => (
            <Button
              key={label}
              variant="default"
              size="sm"
              h="auto"
              fw={500}
              justify="flex-start"
              classNames={{ label: classes.quickLabel }}
              onClick={() => {
                add(fault);
              }}
            >
              {label}
            </Button>
          ))}
        </Stack>
      </section>
      <section>
        <Title order={2} className={classes.title} mb={6}>
          {t.faults.custom}
        </Title>
        <FaultForm chatId={chatId} onAdd={add} />
      </section>
    </Stack>
  );
}
