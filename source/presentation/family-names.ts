import type { Family } from '../generation/family.ts';

/** What a family is called among people. */
export const familyNames: Readonly<Record<Family, string>> = {
  a1111: 'A1111',
  forge: 'Forge',
  'forge-neo': 'Forge Neo',
  reforge: 'reForge',
  'forge-classic': 'Forge Classic',
  sdnext: 'SD.Next',
  koboldcpp: 'KoboldCpp',
  'sd-cpp': 'stable-diffusion.cpp',
  other: 'the WebUI',
};
