import type { DownloadsConfig } from '../../downloads.config.js';
import type { ErrorCode } from '../../errors/error-codes.js';
import type { ProviderError } from '../../errors/provider-error.js';
import type { Family } from './gate-question.js';

export type CooldownConfig = Pick<
  DownloadsConfig,
  'cooldownHardKillMin' | 'cooldownStallMin' | 'cooldownMaxMin' | 'cooldownStallThreshold'
>;

/** Which circuit an error opens; `bucket` is the provider's one for the family and the duration. */
export type CoolingScope = 'egress' | 'egress_then_bucket' | 'whole_egress' | 'bucket' | 'whole_provider';

export interface Cooling {
  scope: CoolingScope;
  /** Minutes of the first cooldown; 0 where it does not go by minutes. */
  firstMin: number;
  /** It takes so many jobs within an hour; codes of one kind are counted together. Absent: the first one is enough. */
  counted?: { kind: string; jobs: number };
}

const BLOCK_MIN = 60;
const RATE_ELSEWHERE_MIN = 30;
const EGRESS_DOWN_MIN = 5;
const PROVIDER_BUG_MIN = 15;
const PROVIDER_BUG_JOBS = 3;

/**
 * What an error cools down, and for how long.
 * @param egressCount ways out that the provider has
 * @returns null when it is nobody's fault but the content's or ours
 */
export function coolingOf(
  error: Pick<ProviderError, 'code' | 'reportedBy'>,
  { family, egressCount }: { family: Family; egressCount: number },
  config: CooldownConfig,
): Cooling | null {
  const cooling = rowOf(error.code, family, config);
  if (cooling === null || cooling.scope === 'bucket' || cooling.scope === 'whole_provider') return cooling;
  // An API tells of its own way to the platform.
  const isOurWay = error.reportedBy !== 'api';
  // Of a provider that has one way only, what dies on long videos goes on serving short ones.
  const hasAnotherWay = cooling.scope !== 'egress_then_bucket' || egressCount > 1;
  return isOurWay && hasAnotherWay ? cooling : { ...cooling, scope: 'bucket' };
}

/** The one table of codes, as far as it says what opens. */
function rowOf(code: ErrorCode, family: Family, config: CooldownConfig): Cooling | null {
  switch (code) {
    case 'BLOCK_IP':
      return { scope: 'egress', firstMin: BLOCK_MIN };
    case 'RATE':
      return { scope: 'egress', firstMin: family === 'youtube' ? BLOCK_MIN : RATE_ELSEWHERE_MIN };
    case 'HTTP_429':
    case 'TLS_EOF':
    case 'BYTES_403':
      return { scope: 'egress_then_bucket', firstMin: config.cooldownHardKillMin };
    case 'HTTP_403':
    case 'HTTP_401':
      return { scope: 'bucket', firstMin: config.cooldownHardKillMin };
    case 'STALL':
    case 'UPSTREAM_5XX':
      return {
        scope: 'bucket',
        firstMin: config.cooldownStallMin,
        counted: { kind: 'STALL', jobs: config.cooldownStallThreshold },
      };
    case 'PROVIDER_BUG':
    case 'NO_FORMAT':
      return {
        scope: 'bucket',
        firstMin: PROVIDER_BUG_MIN,
        counted: { kind: 'PROVIDER_BUG', jobs: PROVIDER_BUG_JOBS },
      };
    case 'CONFIG':
    case 'QUOTA':
      return { scope: 'whole_provider', firstMin: 0 };
    case 'EGRESS_DOWN':
      return { scope: 'whole_egress', firstMin: EGRESS_DOWN_MIN };
    default:
      return null;
  }
}
