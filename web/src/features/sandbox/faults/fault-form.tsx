import {
  Autocomplete,
  Button,
  Group,
  NumberInput,
  SegmentedControl,
  Select,
  Stack,
  Switch,
  TextInput,
} from '@mantine/core';
import { type SubmitEvent, useState } from 'react';
import { useTexts } from '../../../shared/i18n/texts';
import type { FaultMoment, FaultSpec } from '../api';
import { sandboxTexts } from '../texts';

interface FaultFormProps {
  chatId: number;
  onAdd: (fault: FaultSpec) => void;
}

type Kind = FaultSpec['kind'];

/** Suggestions only: the sandbox takes any method. */
const METHODS = [
  'sendMessage',
  'editMessageText',
  'deleteMessage',
  'sendVideo',
  'sendPhoto',
  'sendDocument',
  'sendMediaGroup',
  'sendChatAction',
  'answerCallbackQuery',
  'getFile',
  'getUpdates',
  'getMe',
  'setMyCommands',
];

export function FaultForm({ chatId, onAdd }: FaultFormProps) {
  const t = useTexts(sandboxTexts);
  const [method, setMethod] = useState('');
  const [onlyHere, setOnlyHere] = useState(true);
  const [times, setTimes] = useState(1);
  const [kind, setKind] = useState<Kind>('error');
  const [status, setStatus] = useState(500);
  const [description, setDescription] = useState('Internal Server Error');
  const [retryAfter, setRetryAfter] = useState(5);
  const [ms, setMs] = useState(3_000);
  const [when, setWhen] = useState<FaultMoment>('before');

  const effect = (): FaultSpec => {
    switch (kind) {
      case 'error':
        return { kind, status, description, ...(status === 429 ? { retryAfter } : {}) };
      case 'delay':
        return { kind, ms };
      case 'drop':
      case 'hang':
        return { kind, when };
    }
  };
  const submit = (event: SubmitEvent): void => {
    event.preventDefault();
    onAdd({
      ...effect(),
      times,
      ...(method.trim() === '' ? {} : { method: method.trim() }),
      ...(onlyHere ? { chatId } : {}),
    });
  };
  /** An emptied field keeps its last number. */
  const into =
    (set: (value: number) => void) =>
    (value: number | string): void => {
      if (typeof value === 'number') set(value);
    };

  return (
    <Stack component="form" onSubmit={submit} gap="sm">
      <SegmentedControl<Kind>
        size="xs"
        fullWidth
        aria-label={t.faults.kind}
        value={kind}
        onChange={setKind}
        data={[
          { value: 'error', label: t.faults.kinds.error },
          { value: 'delay', label: t.faults.kinds.delay },
          { value: 'drop', label: t.faults.kinds.drop },
          { value: 'hang', label: t.faults.kinds.hang },
        ]}
      />
      {kind === 'error' && (
        <>
          <Group grow gap="sm">
            <NumberInput
              size="xs"
              label={t.faults.status}
              min={400}
              max={599}
              value={status}
              onChange={into(setStatus)}
            />
            <NumberInput
              size="xs"
              label={t.faults.retryAfter}
              min={1}
              disabled={status !== 429}
              value={retryAfter}
              onChange={into(setRetryAfter)}
            />
          </Group>
          <TextInput
            size="xs"
            label={t.faults.description}
            value={description}
            onChange={(event) => {
              setDescription(event.currentTarget.value);
            }}
          />
        </>
      )}
      {kind === 'delay' && (
        <NumberInput size="xs" label={t.faults.delay} min={1} step={500} value={ms} onChange={into(setMs)} />
      )}
      {(kind === 'drop' || kind === 'hang') && (
        <Select
          size="xs"
          label={t.faults.when}
          allowDeselect={false}
          value={when}
          onChange={(value) => {
            if (value) setWhen(value);
          }}
          data={[
            { value: 'before', label: t.faults.moments.before },
            { value: 'after', label: t.faults.moments.after },
          ]}
        />
      )}
      <Group grow gap="sm">
        <Autocomplete
          size="xs"
          label={t.faults.method}
          placeholder={t.faults.anyMethod}
          data={METHODS}
          value={method}
          onChange={setMethod}
        />
        <NumberInput size="xs" label={t.faults.times} min={1} value={times} onChange={into(setTimes)} />
      </Group>
      <Switch
        size="xs"
        label={t.faults.thisChat}
        checked={onlyHere}
        onChange={(event) => {
          setOnlyHere(event.currentTarget.checked);
        }}
      />
      <Button type="submit" size="sm" variant="light">
        {t.faults.add}
      </Button>
    </Stack>
  );
}
