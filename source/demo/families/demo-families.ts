import type { DemoFamilyName } from '../family-names.ts';
import { a1111 } from './a1111.ts';
import type { DemoFamily } from './family.ts';
import { forge, forgeNeo, reforge } from './forge.ts';
import { a1111Before19, forgeClassic } from './joined-samplers.ts';
import { koboldcpp } from './koboldcpp.ts';
import { sdCpp } from './sd-cpp.ts';
import { sdnext } from './sdnext.ts';

/** How the built-in WebUI plays each family. */
export const demoFamilies: Readonly<Record<DemoFamilyName, DemoFamily>> = {
  a1111,
  'a1111-1.8': a1111Before19,
  forge,
  'forge-neo': forgeNeo,
  'forge-classic': forgeClassic,
  reforge,
  sdnext,
  koboldcpp,
  'sd-cpp': sdCpp,
};
