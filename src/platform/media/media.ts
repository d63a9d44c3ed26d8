import { availableParallelism, tmpdir } from 'node:os';
import type { ProgramRunner } from '../programs/program-runner.js';
import type { Slots } from '../slots/slots.js';
import { applyFix, type ApplyOptions } from './apply-fix.js';
import { isHdr } from './encoding-reason.js';
import { Ffmpeg } from './ffmpeg.js';
import type { FixOptions, FixPlan } from './fix-plan.js';
import type { MediaFacts } from './media-facts.js';
import type { MediaPrograms } from './media-programs.js';
import { planFix } from './plan-fix.js';
import { probe } from './probe.js';
import { smallPicture, type SmallPictureOptions } from './small-picture.js';
import { Turnstile } from './turnstile.js';
import { thumbnail, type Thumbnail, type ThumbnailOptions } from './thumbnail.js';

export interface MediaOptions {
  runner: ProgramRunner;
  programs: MediaPrograms;
  slots: Pick<Slots, 'hold'>;
  /** For one ffmpeg; 2 unless told. */
  threads?: number;
  /** The system's unless told. */
  temporaryFolder?: string;
}

/** Looks at video files and makes them play everywhere. */
export class Media {
  private readonly ffmpeg: Ffmpeg;
  private readonly slots: MediaOptions['slots'];
  private readonly temporaryFolder: string;
  private readonly encodings = new Turnstile(Math.max(1, Math.floor(availableParallelism() / 4)));
  /** One at a time: a large picture takes a few hundred MB while it is decoded. */
  private readonly pictures = new Turnstile(1);

  constructor({ runner, programs, slots, threads = 2, temporaryFolder = tmpdir() }: MediaOptions) {
    this.ffmpeg = new Ffmpeg(runner, programs, threads);
    this.slots = slots;
    this.temporaryFolder = temporaryFolder;
  }

  /** Undefined when it cannot be run. */
  version(program: keyof MediaPrograms): Promise<string | undefined> {
    return this.ffmpeg.version(program, this.temporaryFolder);
  }

  /** @throws MediaError; `unreadable` when the file is not media */
  probe(file: string): Promise<MediaFacts> {
    return probe(this.ffmpeg, file, this.temporaryFolder);
  }

  /** The plan for this build of ffmpeg. */
  async planFix(facts: MediaFacts, options: Omit<FixOptions, 'canTonemap'> = {}): Promise<FixPlan> {
    const canTonemap =
      facts.video !== null && isHdr(facts.video) && (await this.ffmpeg.canTonemap(this.temporaryFolder));
    return planFix(facts, { ...options, canTonemap });
  }

  /**
   * Only for plans with arguments. Encodings take turns: a quarter of the machine's cores at once, one at the least, and
   * in all processes together no more than the slots of `ffmpeg`.
   * @returns the facts of the result, which has been verified
   * @throws MediaError, or the signal's reason when it was aborted before its turn; then there is no output, and the
   *   caller sends the original
   */
  applyFix(plan: FixPlan, input: string, output: string, options?: ApplyOptions): Promise<MediaFacts> {
    const apply = () => applyFix(this.ffmpeg, plan, input, output, this.temporaryFolder, options);
    if (!plan.encodesVideo) return apply();
    return this.encodings.pass(() => this.inSlot(apply, options?.signal), options?.signal);
  }

  /** @throws MediaError */
  thumbnail(file: string, options: ThumbnailOptions): Promise<Thumbnail> {
    return thumbnail(this.ffmpeg, file, options, this.temporaryFolder);
  }

  /**
   * A JPEG, PNG or WebP made small. Pictures take turns in this process.
   * @returns a JPEG
   * @throws MediaError; the signal's reason when it was aborted before its turn
   */
  smallPicture(file: string, options: SmallPictureOptions): Promise<Buffer> {
    const make = () => smallPicture(this.ffmpeg, file, options, this.temporaryFolder);
    return this.pictures.pass(make, options.signal);
  }

  private async inSlot<T>(encode: () => Promise<T>, signal?: AbortSignal): Promise<T> {
    const release = await this.slots.hold('ffmpeg', signal);
    try {
      return await encode();
    } finally {
      await release();
    }
  }
}
