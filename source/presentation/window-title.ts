import { describeState } from './describe-link.ts';
import { formatRate } from './numbers.ts';
import type { RunnerLink } from './runner-link.ts';
import type { Snapshot } from './snapshot.ts';

/** The terminal's window title: state, and the rate while it is generating; changes only when those do. */
export function windowTitle(
  snapshot: Snapshot,
  link: RunnerLink,
  { isAscii }: { readonly isAscii: boolean },
): string {
  const { status, at } = snapshot;
  const { glyph, word } = describeState(status, link, { now: at, isAscii, linkSince: at });
  const { imagesPerMinute } = snapshot.throughput;
  const isRateShown = link.kind === 'live' && status.kind === 'generating' && imagesPerMinute !== null;
  const rate = isRateShown ? ` ${formatRate(imagesPerMinute).trim()} images/min` : '';
  return `${glyph} ${word}${rate} - sdloop`;
}
