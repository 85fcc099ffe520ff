import { widestLimits } from '../../generation/generation-limits.ts';
import type { FamilyTraits } from './family-traits.ts';

/** stable-diffusion.cpp's server (webui-api.md 7.6, 13.8, 13.10). */
export const sdCpp: FamilyTraits = {
  endpoints: ['schedulers'],
  checkpointChoice: 'fixed',
  saving: null,
  canFreeMemory: false,
  limits: {
    ...widestLimits,
    batchSize: 8,
    batchCount: 1,
    lastSeed: 2 ** 31 - 1,
    size: { multiple: 64, rounding: 'up', longestSide: null },
  },
  maxInFlight: 1,
  idleSign: 'job-count',
  livePreviews: null,
  rateLimit: null,
  hidesExceptions: false,
  statusesAfterWork: [],
  hasVariations: false,
  hasHires: false,
  hiresFields: [],
};
