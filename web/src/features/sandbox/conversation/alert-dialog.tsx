import { Button, Modal, Text } from '@mantine/core';
import { useTexts } from '../../../shared/i18n/texts';
import { sandboxTexts } from '../texts';

interface AlertDialogProps {
  title: string;
  text: string | null;
  onClose: () => void;
}

export function AlertDialog({ title, text, onClose }: AlertDialogProps) {
  const t = useTexts(sandboxTexts);
  return (
    <Modal opened={text !== null} onClose={onClose} title={title} size="xs" withCloseButton={false}>
      <Text style={{ whiteSpace: 'pre-wrap' }}>{text}</Text>
      <Button mt="md" fullWidth data-autofocus onClick={onClose}>
        {t.alert.ok}
      </Button>
    </Modal>
  );
}
