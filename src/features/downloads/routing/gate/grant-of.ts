import type { GateCandidate, GateQuestion, Grant } from './gate-question.js';

type Given = Pick<Grant, 'owner' | 'day' | 'egresses' | 'probes' | 'costMicroUsd'>;

/** What a candidate that was taken is granted. */
export function grantOf(
  { family, bucket }: GateQuestion,
  { provider, egresses, slot }: GateCandidate,
  given: Given,
): Grant {
  return { ...given, provider, family, bucket, egressCount: egresses.length, slotKey: slot.key };
}
