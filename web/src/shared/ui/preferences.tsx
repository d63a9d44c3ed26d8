import {
  ActionIcon,
  Group,
  SegmentedControl,
  Text,
  useComputedColorScheme,
  useMantineColorScheme,
} from '@mantine/core';
import { requestJson } from '../http/http';
import { useResource } from '../http/use-resource';
import { type Language, useLanguage } from '../i18n/language';
import { defineTexts, useTexts } from '../i18n/texts';
import { MoonIcon, SunIcon } from './icons';

const texts = defineTexts(
  { language: 'Language', light: 'Light theme', dark: 'Dark theme' },
  { language: 'Язык', light: 'Светлая тема', dark: 'Тёмная тема' },
);

const loadHealth = (signal: AbortSignal): Promise<{ version: string }> => requestJson('/api/v1/health', { signal });

/** The footer of every page: version, theme and language. */
export function Preferences() {
  const t = useTexts(texts);
  const { language, setLanguage } = useLanguage();
  const { setColorScheme } = useMantineColorScheme();
  const isDark = useComputedColorScheme('light') === 'dark';
  const health = useResource(loadHealth);

  return (
    <Group component="footer" justify="space-between" gap="xs" wrap="nowrap">
      <Text size="xs" c="dimmed" truncate>
        Nexus {health.data?.version}
      </Text>
      <Group gap={4} wrap="nowrap">
        <ActionIcon
          size={30}
          aria-label={isDark ? t.light : t.dark}
          onClick={() => {
            setColorScheme(isDark ? 'light' : 'dark');
          }}
        >
          {isDark ? <SunIcon size={17} /> : <MoonIcon size={17} />}
        </ActionIcon>
        <SegmentedControl<Language>
          size="xs"
          radius="md"
          aria-label={t.language}
          value={language}
          onChange={setLanguage}
          data={[
            { value: 'en', label: 'EN' },
            { value: 'ru', label: 'RU' },
          ]}
        />
      </Group>
    </Group>
  );
}
