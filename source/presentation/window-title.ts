import { formatRate } from './numbers.ts';
import type { Snapshot } from './snapshot.ts';
import { describeStatus } from './status-words.ts';

/** The terminal's window title: state, and the rate while it is generating; changes only when those do. */
export function windowTitle(snapshot: Snapshot, { isAscii }: { readonly isAscii: boolean }): string {
  const { glyph, word } = describeStatus(snapshot.status, { now: snapshot.at, isAscii });
  const { imagesPerMinute } = snapshot.throughput;
  const isRateShown = snapshot.status.kind === 'generating' && imagesPerMinute !== null;
  const rate = isRateShown ? ` ${formatRate(imagesPerMinute).trim()} images/min` : '';
  return `${glyph} ${word}${rate} - sdloop`;
}
