import { KieDoors } from './kie-doors.js';

const STAND_INS = { kie: 'http://127.0.0.1:3001/apis/kie', 'kie-upload': 'http://127.0.0.1:3001/apis/kie-upload' };
const KEYS = [{ name: 'KIE_API_KEY', value: 'k' }];
const NOTHING = { kieApiKeys: [], kieBaseUrl: undefined, kieUploadBaseUrl: undefined };

describe('KieDoors', () => {
  it.each([
    ['the real ones without a sandbox', NOTHING, {}, 'https://api.kie.ai', 'https://kieai.redpandaai.co', false],
    ['the stand-ins in the sandbox', NOTHING, STAND_INS, STAND_INS.kie, STAND_INS['kie-upload'], true],
    [
      'the real ones for a key of the environment',
      { ...NOTHING, kieApiKeys: KEYS },
      STAND_INS,
      'https://api.kie.ai',
      'https://kieai.redpandaai.co',
      false,
    ],
    [
      'those that are configured, each for itself',
      { ...NOTHING, kieBaseUrl: 'https://kie.example/' },
      STAND_INS,
      'https://kie.example',
      STAND_INS['kie-upload'],
      false,
    ],
  ])('are %s', (_what, config, standIns, jobs, uploads, isStandIn) => {
    expect(new KieDoors(config, standIns)).toEqual({ jobs, uploads, isStandIn });
  });
});
