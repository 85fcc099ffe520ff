import type { Generation } from '../../generation/generation.ts';
import { checkpointName } from '../../presentation/checkpoint-name.ts';
import { formatDuration } from '../../presentation/durations.ts';
import { formatRemaining, formatSteps } from '../../presentation/estimates.ts';
import { asciiBar, drawBar, lineBar } from '../../presentation/progress-bar.ts';
import { formatSeeds } from '../../presentation/seed-range.ts';
import type { RunningGeneration, Snapshot } from '../../presentation/snapshot.ts';
import type { Span } from '../text/span.ts';
import type { Glyphs } from '../theme.ts';
import { fitPieces } from './fit-pieces.ts';

/** Preparing that takes longer than this is a checkpoint being loaded and not a prompt being encoded, ms. */
const longestEncoding = 3000;

/** The generation to show; none while the WebUI is in trouble: then its last figures say nothing, and the trouble does. */
export function runningShown({ running, status }: Snapshot): RunningGeneration | null {
  const isInTrouble =
    status.kind === 'retrying' || status.kind === 'restarting' || status.kind === 'needs-you';
  return isInTrouble ? null : running;
}

/** `#812  dreamshaper_8 · DPM++ 2M Karras · 480x270 x4`; a second number for several batches. */
export function generationSpans(generation: Generation, width: number, glyphs: Glyphs): Span[] {
  const { checkpoint, parameters } = generation;
  const { sampler, scheduler, batchSize, batchCount } = parameters;
  const size = `${parameters.width}x${parameters.height} x${batchSize}${batchCount > 1 ? `x${batchCount}` : ''}`;
  const samplerName = [sampler, scheduler].filter((name) => name !== null).join(' ');
  const id: Span = { text: `#${generation.id}  `, role: 'strong' };
  const room = width - id.text.length;
  const separator = ` ${glyphs.bullet} `;
  const name: Span[] = [{ text: checkpointName(checkpoint) }];
  const pieces = [name, [{ text: size, role: 'quiet' }], [{ text: samplerName, role: 'quiet' }]] as Span[][];
  return [id, ...orName(fitPieces(samplerName === '' ? pieces.slice(0, 2) : pieces, separator, room), name)];
}

function orName(spans: Span[], name: Span[]): Span[] {
  return spans.length === 0 ? name : spans;
}

/** The bar with the steps beside it; while sampling has not begun, what is waited for and how long already. */
export function barSpans(running: RunningGeneration, width: number, now: number, glyphs: Glyphs): Span[] {
  const label = running.isPreparing ? preparingLabel(running, now) : stepsLabel(running);
  const barWidth = Math.max(0, width - label.length - 2);
  const bar = drawBar(
    running.isPreparing ? 0 : running.fraction,
    barWidth,
    glyphs.isAscii ? asciiBar : lineBar,
  );
  return [
    { text: bar.done, role: 'accent' },
    { text: `${bar.rest}  `, role: 'quiet' },
    { text: label, role: running.isPreparing ? 'warning' : 'strong' },
  ];
}

function stepsLabel(running: RunningGeneration): string {
  const { batchNumber, batchCount } = running;
  const batch =
    batchCount > 1 ? `batch ${String(batchNumber).padStart(String(batchCount).length)}/${batchCount}  ` : '';
  return batch + formatSteps(running);
}

function preparingLabel({ startedAt }: RunningGeneration, now: number): string {
  const elapsedMs = now - startedAt;
  return elapsedMs < longestEncoding ? 'preparing' : `loading checkpoint ${formatDuration(elapsedMs)}`;
}

/** The seeds, which stand still, then the time left, then what is sent already: as much as there is room for. */
export function seedsSpans(
  running: RunningGeneration,
  queued: Generation | null,
  width: number,
  glyphs: Glyphs,
): Span[] {
  const remaining = running.isPreparing ? '' : formatRemaining(running);
  const pieces: Span[][] = [[{ text: formatSeeds(running.generation, glyphs.ellipsis) }]];
  if (remaining !== '') pieces.push([{ text: remaining, role: 'quiet' }]);
  if (queued !== null) pieces.push([{ text: `then #${queued.id}`, role: 'quiet' }]);
  const fitted = fitPieces(pieces, ` ${glyphs.bullet} `, width);
  return fitted.length === 0 ? (pieces[0] ?? []) : fitted;
}
