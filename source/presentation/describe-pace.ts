import type { Crossing, PaceChange } from '../stats/drift.ts';
import { formatBytes } from './byte-counts.ts';
import { formatCount, formatRate, formatShare } from './numbers.ts';

/** `24 % slower` than at first; in whole per cent. */
export function describeSlowdown({ baselineMsPerImage, msPerImage }: PaceChange): string {
  return `${Math.round((msPerImage / baselineMsPerImage - 1) * 100)} % slower`;
}

/** What a crossing says to a person: the pace then and now, and what else has changed. */
export function describeCrossing(crossing: Crossing): string {
  const now = `${seconds(crossing.msPerImage)} s/image`;
  const then = seconds(crossing.baselineMsPerImage);
  if (crossing.kind === 'pace-regained') return `The pace is back: ${now}, ${then} at first.`;
  const changes = changesOf(crossing);
  const beside = changes.length === 0 ? '' : ` Meanwhile ${changes.join(', ')}.`;
  return `${describeSlowdown(crossing)} than at first: ${now}, ${then} then.${beside}`;
}

/** What may be done about a pace that fell. */
export const slowdownAdvice =
  'See whether the GPU is hot or shared; a restart of the WebUI frees what it has leaked.';

function changesOf(crossing: Crossing): string[] {
  const { before, now, baselineGpuIdleShare, gpuIdleShare, othersBefore, othersNow } = crossing;
  return [
    change('VRAM', before.vramUsed, now.vramUsed, formatBytes),
    change('RAM', before.ramUsed, now.ramUsed, formatBytes),
    change('files', before.fileCount, now.fileCount, formatCount),
    gpuIdleShare > baselineGpuIdleShare + 0.01
      ? `GPU idle ${formatShare(baselineGpuIdleShare)} to ${formatShare(gpuIdleShare)}`
      : null,
    othersNow > othersBefore
      ? `others' jobs before ours ${formatCount(othersBefore)} to ${formatCount(othersNow)}`
      : null,
  ].filter((words) => words !== null);
}

/** Less than a twentieth explains nothing. */
function change(
  name: string,
  then: number | null,
  now: number | null,
  format: (value: number) => string,
): string | null {
  if (then === null || now === null || Math.abs(now - then) <= then / 20) return null;
  return `${name} ${format(then)} to ${format(now)}`;
}

function seconds(ms: number): string {
  return formatRate(ms / 1000).trim();
}
