import { Readable } from 'node:stream';
import type { Photos } from '../../../features/generation/index.js';
import { TryLater, type BotContext, type BotFiles } from '../../../telegram/index.js';
import { PhotoIntake } from './photo-intake.js';

const context = { state: { bot: 'generation', person: { tgUserId: 7 } } } as BotContext;

describe('PhotoIntake', () => {
  it('fetches three photos at once, and further ones later', async () => {
    const opened: (() => void)[] = [];
    const files: Pick<BotFiles, 'open'> = {
      open: () => new Promise((resolve) => opened.push(() => resolve(Readable.from([])))),
    };
    const photos: Pick<Photos, 'accept' | 'maxBytes' | 'limitMb'> = {
      maxBytes: 10,
      limitMb: 10,
      accept: () => Promise.resolve({ outcome: 'wrong_type' }),
    };
    const intake = new PhotoIntake(files as BotFiles, photos as Photos);
    const first = ['a', 'b', 'c'].map((fileId) => intake.take(context, fileId));
    await expect(intake.take(context, 'd')).rejects.toBeInstanceOf(TryLater);
    opened[0]?.();
    expect(await first[0]).toEqual({ outcome: 'wrong_type' });
    const fourth = intake.take(context, 'd');
    for (const open of opened) open();
    expect(await Promise.all([...first, fourth])).toHaveLength(4);
  });
});
