import { Column, Entity, PrimaryColumn } from 'typeorm';

/** How many may do a thing at once, in all processes together, as the operator has set it. */
@Entity('slots')
export class Slot {
  /** What is limited, e.g. `ffmpeg` or `youtube:yt-dlp`. */
  @PrimaryColumn({ type: 'text' })
  key!: string;

  @Column({ type: 'integer' })
  limit!: number;
}
