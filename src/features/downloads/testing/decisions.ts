import { randomUUID } from 'node:crypto';
import type { INestApplication } from '@nestjs/common';
import { Gate } from '../routing/gate/gate.js';
import { Router } from '../routing/router.js';

/** Decisions of the router alone, without downloads: for measurements. */
export function decisions(app: INestApplication) {
  const [router, gate] = [app.get(Router), app.get(Gate)];
  return {
    /** One decision that takes its provider: what a request costs before its first byte. */
    take: () => router.take({ platform: 'youtube', durationSec: 60 }, new Set(), randomUUID()),
    /** Gives back what a decision took. */
    settle: async ({ turn }: Awaited<ReturnType<Router['take']>>) => {
      if (!turn) throw new Error('Nobody was taken');
      await gate.settle(turn.grant, {
        requestId: randomUUID(),
        outcome: 'passed_over',
        tries: [{ egress: turn.grant.egresses[0] ?? '', error: null }],
        costMicroUsd: 0,
      });
    },
  };
}
