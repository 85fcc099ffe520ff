import type { Family } from '../../generation/family.ts';
import { widestLimits } from '../../generation/generation-limits.ts';
import { a1111 } from './a1111.ts';
import type { FamilyTraits } from './family-traits.ts';
import { forge, forgeClassic, forgeNeo, reforge } from './forge.ts';
import { koboldcpp } from './koboldcpp.ts';
import { sdCpp } from './sd-cpp.ts';
import { sdnext } from './sdnext.ts';

const traits: Readonly<Record<Family, FamilyTraits>> = {
  a1111,
  forge,
  'forge-neo': forgeNeo,
  reforge,
  'forge-classic': forgeClassic,
  sdnext,
  koboldcpp,
  'sd-cpp': sdCpp,
  // What all the imitations do alike; sizes and steps are its own affair.
  other: {
    ...koboldcpp,
    endpoints: a1111.endpoints.filter((endpoint) => endpoint !== 'server-restart'),
    checkpointChoice: 'each-request',
    limits: { ...widestLimits, batchSize: 1, batchCount: 1, lastSeed: koboldcpp.limits.lastSeed },
  },
};

/** What is known of a family. */
export function traitsOf(family: Family): FamilyTraits {
  return traits[family];
}
