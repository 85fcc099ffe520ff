import type { Family } from '../generation/family.ts';
import type { WebUi } from '../generation/webui.ts';

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
  other: 'unknown WebUI',
};

/** A WebUI as the subject of a sentence. */
export function subjectOf({ family }: Pick<WebUi, 'family'>): string {
  return family === 'other' ? 'This WebUI' : familyNames[family];
}
