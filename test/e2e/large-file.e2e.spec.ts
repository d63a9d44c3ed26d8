import { eventually } from '../support/eventually.js';
import { report } from '../support/measured.js';
import { scale } from '../support/scale.js';
import { fileOf } from './support/person.js';
import { residentBytes } from './support/process-table.js';
import { useWorld, type Nexus } from './support/world.js';

const MIB = 1024 * 1024;
const SIZE_MB = scale(400, 1_900);
const MOST_GROWTH_MB = 50;

describe('a file of nearly two gigabytes', () => {
  let nexus: Nexus;
  const world = useWorld(async (created) => {
    await created.startSandbox();
    await created.control.post('/settings', { local: true });
    nexus = await created.startNexus({ TELEGRAM_UPLOAD_LIMIT_MB: '2000', TELEGRAM_LOCAL_FILES: 'on' });
  });

  const deliver = async (megabytes: number, deadlineMs: number) => {
    const asked = await (await world().person()).say(world().link(`/big.mp4?mb=${megabytes}`));
    let highest = 0;
    const video = await eventually(async () => {
      highest = Math.max(highest, residentBytes(nexus.process.pid));
      return (await asked.videos())[0];
    }, deadlineMs);
    return { video, highestMb: highest / MIB };
  };

  it('is handed over as a path, and is never held in memory (point 14)', async () => {
    // What the first downloads need, whatever their size, is not what this one holds.
    const { highestMb: before } = await deliver(60, 30_000);
    const { video, highestMb } = await deliver(SIZE_MB, scale(100_000, 600_000));
    report('point 14', { sizeMb: SIZE_MB, growthMb: Math.round(highestMb - before) });

    expect(fileOf(video)).toMatchObject({ file_size: SIZE_MB * MIB, width: 640, height: 360, duration: 8 });
    const calls = await world().control.calls({ method: 'sendVideo' });
    expect(calls.map(({ params }) => String(params.video).slice(0, 8))).toEqual(['file:///', 'file:///']);
    expect(highestMb - before).toBeLessThan(MOST_GROWTH_MB);
  });
});
