import { Center, Paper, Stack, Text, Title } from '@mantine/core';
import type { ReactNode, SubmitEventHandler } from 'react';
import { Preferences } from './preferences';

interface CardPageProps {
  title: string;
  hint: string;
  onSubmit?: SubmitEventHandler;
  children?: ReactNode;
}

/** A page that asks or says one thing, in a card in its middle. */
export function CardPage({ title, hint, onSubmit, children }: CardPageProps) {
  return (
    <Center component="main" mih="100dvh" p="md">
      <Paper
        component={onSubmit ? 'form' : 'section'}
        onSubmit={onSubmit}
        p="xl"
        radius="lg"
        shadow="md"
        w="100%"
        maw={400}
      >
        <Stack>
          <div>
            <Title order={1} size="h3">
              {title}
            </Title>
            <Text size="sm" c="dimmed" mt={4}>
              {hint}
            </Text>
          </div>
          {children}
          <Preferences />
        </Stack>
      </Paper>
    </Center>
  );
}
