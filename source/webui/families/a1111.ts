import { widestLimits } from '../../generation/generation-limits.ts';
import type { FamilyTraits } from './family-traits.ts';

/** AUTOMATIC1111, whose API the others follow; before 1.9 it has no schedulers (webui-api.md 2.2). */
export const a1111: FamilyTraits = {
  endpoints: [
    'schedulers',
    'face-restorers',
    'cmd-flags',
    'progress',
    'memory',
    'interrupt',
    'skip',
    'refresh-checkpoints',
    'server-restart',
  ],
  checkpointChoice: 'each-request',
  saving: { isBelowCommonFolder: false },
  canFreeMemory: true,
  limits: widestLimits,
  maxInFlight: 2,
  idleSign: 'job-count',
  livePreviews: { hasSwitch: true },
  rateLimit: null,
  hidesExceptions: false,
  statusesAfterWork: [],
  hasVariations: true,
  hasHires: true,
  hiresFields: [],
};
