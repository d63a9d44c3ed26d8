import { eventually } from '../support/eventually.js';
import { fileOf } from './support/person.js';
import { residentBytes } from './support/process-table.js';
import { useWorld, type Nexus } from './support/world.js';

const MIB = 1024 * 1024;

describe('a file of a gigabyte', () => {
  let nexus: Nexus;
  const world = useWorld(async (created) => {
    await created.startSandbox();
    nexus = await created.startNexus({ TELEGRAM_UPLOAD_LIMIT_MB: '2000' });
  });

  it('goes through without being held in memory', async () => {
    const person = await world().person();
    await (await person.say(world().link('/ok.mp4'))).delivered();
    const before = residentBytes(nexus.process.pid);

    const asked = await person.say(world().link('/big.mp4?mb=1000'));
    let highest = before;
    const video = await eventually(async () => {
      highest = Math.max(highest, residentBytes(nexus.process.pid));
      return (await asked.videos())[0];
    }, 100_000);

    expect(fileOf(video)).toMatchObject({ file_size: 1000 * MIB, width: 640, height: 360, duration: 8 });
    expect((highest - before) / MIB).toBeLessThan(100);
  });
});
