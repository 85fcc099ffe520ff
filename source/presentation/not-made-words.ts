import type { NotMade } from '../stats/not-made.ts';
import { formatCount, formatCounted } from './numbers.ts';

/** What became of images that did not come, one part each: `8 images given up`, `4 replaced by others`, `1 missing`. */
export function notMadeWords({ givenUpCount, replacedCount, missingCount }: NotMade): string[] {
  return [
    `${formatCounted(givenUpCount, 'image')} given up`,
    ...(replacedCount > 0 ? [`${formatCount(replacedCount)} replaced by others`] : []),
    ...(missingCount > 0 ? [`${formatCount(missingCount)} missing`] : []),
  ];
}
