import { a1111 } from './a1111.ts';
import type { FamilyTraits } from './family-traits.ts';

/**
 * SD.Next (webui-api.md 7.4). Its schedulers are a list of samplers; an overridden checkpoint would be loaded and put back for every
 * image; its lock keeps no order; its idle progress may look like work, and while it works always comes with a preview; what its pipeline raises
 * is an answer without images; and beyond its rate it throws away what it has made.
 */
export const sdnext: FamilyTraits = {
  ...a1111,
  endpoints: a1111.endpoints.filter((endpoint) => endpoint !== 'schedulers' && endpoint !== 'server-restart'),
  checkpointChoice: 'options',
  saving: { isBelowCommonFolder: true },
  maxInFlight: 1,
  idleSign: 'job-and-count',
  livePreviews: { hasSwitch: false },
  rateLimit: { points: 300, windowMs: 60_000, costs: { '/sdapi/v1/txt2img': 5 } },
  hidesExceptions: true,
  statusesAfterWork: [429],
};
