import { ActionIcon, Alert, Loader, Popover, Text, Tooltip } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { useResource } from '../../../shared/http/use-resource';
import { useTexts } from '../../../shared/i18n/texts';
import { SendIcon, SparkIcon } from '../../../shared/ui/icons';
import { listSamples, type SampleLink } from '../api';
import { sandboxTexts } from '../texts';
import classes from './samples-menu.module.css';

interface SamplesMenuProps {
  /** Puts the link into the message. */
  onFill: (url: string) => void;
  onSend: (url: string) => void;
}

/** Links of the sandbox's own media site, for those who have none at hand. */
export function SamplesMenu({ onFill, onSend }: SamplesMenuProps) {
  const t = useTexts(sandboxTexts);
  const [isOpen, { toggle, close }] = useDisclosure(false);

  const then = (use: (url: string) => void) => (url: string) => {
    close();
    use(url);
  };

  return (
    <Popover opened={isOpen} onDismiss={close} position="top-start" width={340} trapFocus returnFocus>
      <Popover.Target>
        <Tooltip label={t.samples.open} disabled={isOpen}>
          <ActionIcon aria-label={t.samples.open} aria-expanded={isOpen} onClick={toggle}>
            <SparkIcon />
          </ActionIcon>
        </Tooltip>
      </Popover.Target>
      <Popover.Dropdown p={0} className={classes.menu}>
        <SampleList onFill={then(onFill)} onSend={then(onSend)} />
      </Popover.Dropdown>
    </Popover>
  );
}

/** Mounted with the menu, so that every opening reads the list anew. */
function SampleList({ onFill, onSend }: SamplesMenuProps) {
  const t = useTexts(sandboxTexts);
  const { data, error } = useResource(listSamples);
  return (
    <>
      <div className={classes.head}>
        <Text fw={600}>{t.samples.title}</Text>
        <Text size="xs" c="dimmed">
          {t.samples.hint}
        </Text>
      </div>
      {error && (
        <Alert color="red" m="xs">
          {t.samples.failed}
        </Alert>
      )}
      {!data && !error && <Loader type="dots" m="md" />}
      {data?.length === 0 && (
        <Text size="sm" c="dimmed" p="md">
          {t.samples.empty}
        </Text>
      )}
      <ul className={classes.list}>
        {data?.map((sample) => (
          <Sample key={sample.url} sample={sample} onFill={onFill} onSend={onSend} />
        ))}
      </ul>
    </>
  );
}

function Sample({ sample: { url, title, what }, onFill, onSend }: SamplesMenuProps & { sample: SampleLink }) {
  const t = useTexts(sandboxTexts);
  return (
    <li className={classes.item}>
      <button
        type="button"
        className={classes.fill}
        onClick={() => {
          onFill(url);
        }}
      >
        <span className={classes.title}>{title}</span>
        <span className={classes.what}>{what}</span>
      </button>
      <ActionIcon
        size={32}
        color="nexus"
        aria-label={t.samples.send(title)}
        onClick={() => {
          onSend(url);
        }}
      >
        <SendIcon size={17} />
      </ActionIcon>
    </li>
  );
}
