import { Modal } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { useTexts } from '../../../shared/i18n/texts';
import { largestPhoto, type TgPhotoSize } from '../model/bot-api';
import { fitMedia } from '../model/media-box';
import { sandboxTexts } from '../texts';
import { useFileUrl } from '../use-file-url';
import { MediaFrame } from './media-frame';
import classes from './media.module.css';

export function Photo({ sizes, isTile }: { sizes: TgPhotoSize[]; isTile?: boolean }) {
  const t = useTexts(sandboxTexts);
  const [isOpen, { open, close }] = useDisclosure(false);
  const photo = largestPhoto(sizes);
  const { url, hasFailed } = useFileUrl(photo?.file_unique_id);
  if (!photo) return null;

  return (
    <MediaFrame box={fitMedia(photo.width, photo.height)} isTile={isTile} hasFailed={hasFailed}>
      {url !== null && (
        <button type="button" className={classes.open} aria-label={t.message.openPhoto} onClick={open}>
          <img className={classes.fill} src={url} alt={t.message.photo} />
        </button>
      )}
      <Modal
        opened={isOpen}
        onClose={close}
        size="auto"
        padding={0}
        withCloseButton={false}
        overlayProps={{ backgroundOpacity: 0.8, blur: 4 }}
        title={undefined}
        aria-label={t.message.photo}
      >
        {url !== null && (
          <button type="button" className={classes.open} aria-label={t.calls.close} onClick={close}>
            <img className={classes.large} src={url} alt={t.message.photo} />
          </button>
        )}
      </Modal>
    </MediaFrame>
  );
}
