import { widestLimits } from '../../generation/generation-limits.ts';
import type { FamilyTraits } from './family-traits.ts';

/**
 * KoboldCpp (webui-api.md 7.5, 13.9). A POST to a path that it lacks waits for the running generation, so none is ever sent. Its answers
 * tell no seed: those that its 32-bit signed core might replace, as stable-diffusion.cpp's own server does, would never be noticed.
 */
export const koboldcpp: FamilyTraits = {
  endpoints: ['schedulers', 'progress'],
  checkpointChoice: 'fixed',
  saving: null,
  canFreeMemory: false,
  limits: {
    ...widestLimits,
    batchSize: 1,
    batchCount: 1,
    steps: 80,
    cfgScale: { min: 1, max: 25 },
    lastSeed: 2 ** 31 - 1,
    size: { multiple: 64, rounding: 'down', longestSide: 1024 },
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
