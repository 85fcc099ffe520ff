import type { Family } from '../../source/generation/family.ts';
import { type SizeRule, widestLimits } from '../../source/generation/generation-limits.ts';
import { familyNames } from '../../source/presentation/family-names.ts';
import { traitsOf } from '../../source/webui/families/traits-of.ts';

/** The rows of the README's table of WebUIs, from what the program knows of each family. */
export function familyRows(): string[][] {
  return (Object.keys(familyNames) as Family[]).map((family) => {
    const { limits, endpoints, saving, maxInFlight, checkpointChoice } = traitsOf(family);
    return [
      family === 'other' ? 'anything else with this API' : familyNames[family],
      most(limits.batchSize * limits.batchCount),
      String(maxInFlight),
      limits.lastSeed === widestLimits.lastSeed ? '32 bits' : '31 bits',
      family === 'other' ? 'unknown' : sides(limits.size),
      checkpointWords[checkpointChoice],
      family === 'other'
        ? 'where found'
        : endpoints.includes('interrupt')
          ? 'yes'
          : endpoints.includes('progress')
            ? 'newer ones'
            : 'no',
      saving === null ? 'sdloop' : 'the WebUI, or sdloop',
    ];
  });
}

const checkpointWords = {
  'each-request': 'for each generation',
  options: 'when it changes',
  fixed: 'has one',
};

function most(images: number): string {
  return images >= widestLimits.batchSize ? 'any' : String(images);
}

function sides({ multiple, rounding, longestSide }: SizeRule): string {
  return `${rounding} to ${multiple}${longestSide === null ? '' : `, at most ${longestSide}`}`;
}
