import { randomUUID } from 'node:crypto';
import { ErrorLog } from '../../ops/index.js';
import { ERROR_CLASSES, type ErrorClass } from '../kie/error-class.js';
import { FailureLog } from './failure-log.js';
import { healthWorld, type HealthWorld } from './testing/health-world.js';

describe('the log of failures', () => {
  let world: HealthWorld;
  beforeAll(async () => {
    world = await healthWorld();
  });
  afterAll(() => world.close());
  beforeEach(() => world.empty());

  const id = randomUUID();
  const record = (errorClass: ErrorClass) => {
    const error = { class: errorClass, detail: null, code: '500', message: 'Internal Error', retryAfterSec: null };
    return new FailureLog(world.get(ErrorLog)).record({ id, provider: 'kie' }, error);
  };
  const logged = () => world.database.query('SELECT source, provider, type, code, message, subject_id FROM errors');

  it('has what the operator can look into', async () => {
    await record('TEMPORARY');
    expect(await logged()).toEqual([
      {
        source: 'generation',
        provider: 'kie',
        type: 'TEMPORARY',
        code: '500',
        message: 'Internal Error',
        subject_id: id,
      },
    ]);
  });

  it('has all but what the person can change himself', async () => {
    for (const errorClass of ERROR_CLASSES) await record(errorClass);
    const types = (await logged()).map((entry) => (entry as { type: string }).type);
    expect(types).toEqual(ERROR_CLASSES.filter((errorClass) => errorClass !== 'USER_VIOLATION'));
  });
});
