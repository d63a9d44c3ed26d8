/** The 3×3 matrix of a track turned clockwise by 90°, in 16.16 and 2.30 fixed point. */
const ROTATE_90 = [0, 0x10000, 0, -0x10000, 0, 0, 0, 0, 0x40000000];

/** From the name of a version 0 `tkhd` box to its matrix. */
const MATRIX_OFFSET = 44;

/**
 * Turns the first track of an MP4 by its header, in place. ffmpeg's own switch for this has changed from version to
 * version: `rotate` metadata up to 5, `-display_rotation` from 6.
 */
export function rotateFirstTrack(mp4: Buffer): void {
  const at = mp4.indexOf('tkhd', 0, 'latin1');
  if (at < 0 || mp4.readUInt8(at + 4) !== 0) throw new Error('The file has no track header of version 0');
  for (const [index, value] of ROTATE_90.entries()) mp4.writeInt32BE(value, at + MATRIX_OFFSET + index * 4);
}
