import type { Failure } from '../../generation/failure.ts';
import { imageCountOf, seedsOf } from '../../generation/generation.ts';
import { formatBytes } from '../../presentation/byte-counts.ts';
import { checkpointName } from '../../presentation/checkpoint-name.ts';
import { cleanText } from '../../presentation/clean-text.ts';
import { type CallOf, describeFailure } from '../../presentation/describe-failure.ts';
import { describeSlowdown } from '../../presentation/describe-pace.ts';
import { describeSpace } from '../../presentation/describe-space.ts';
import { formatMinutes } from '../../presentation/durations.ts';
import { formatRemaining, formatSteps } from '../../presentation/estimates.ts';
import { describeGrowth } from '../../presentation/memory-words.ts';
import { notMadeWords } from '../../presentation/not-made-words.ts';
import { formatCount, formatCounted, formatRate, formatShare } from '../../presentation/numbers.ts';
import { describePlanAdaptation } from '../../presentation/plan-adaptation.ts';
import { formatSeeds } from '../../presentation/seed-range.ts';
import { shownUrl } from '../../presentation/shown-url.ts';
import type { Snapshot } from '../../presentation/snapshot.ts';
import { describeStatus } from '../../presentation/status-words.ts';
import type { Growth } from '../../stats/memory-growth.ts';
import { type Event, failureSentences } from './notice-event.ts';

/** The `--json` object of `sdloop status`. */
export function statusEvent(
  snapshot: Snapshot,
  runner: { readonly profile: string; readonly pid: number },
): Event {
  const { at, webUi, plan, running, throughput, slowdown, status, url } = snapshot;
  const failure = failureOf(status);
  return {
    type: 'status',
    at,
    state: status.kind,
    images: throughput.imageCount,
    generations: throughput.generationCount,
    retried: throughput.retryCount,
    givenUp: throughput.givenUpCount,
    replaced: throughput.replacedCount,
    missing: throughput.missingCount,
    imagesPerMinute: rounded(throughput.imagesPerMinute),
    msPerImage: rounded(throughput.msPerImage),
    stepsPerSecond: rounded(throughput.stepsPerSecond),
    slowerBy: slowdown === null ? null : rounded(slowdown.msPerImage / slowdown.baselineMsPerImage - 1),
    gpuIdleMs: Math.round(throughput.gpuIdleMs),
    activeMs: Math.round(throughput.activeMs),
    startedAt: snapshot.runStartedAt,
    goal: plan?.goal?.count ?? null,
    generation: running?.generation.id ?? null,
    seeds: running === null ? [] : seedsOf(running.generation),
    step: running?.step ?? null,
    stepCount: running?.stepCount ?? null,
    remainingMs: rounded(running?.remainingMs ?? null),
    checkpoint: running?.generation.checkpoint ?? plan?.checkpoint ?? null,
    prompt: plan?.parameters.prompt ?? null,
    url: shownUrl(url),
    family: webUi?.family ?? null,
    version: webUi?.version ?? null,
    ramUsed: snapshot.memory?.ramUsed ?? null,
    ramTotal: snapshot.memory?.ramTotal ?? null,
    vramUsed: snapshot.memory?.vramUsed ?? null,
    vramTotal: snapshot.memory?.vramTotal ?? null,
    ramGrowth: growthFields(snapshot.memoryGrowth.ram),
    vramGrowth: growthFields(snapshot.memoryGrowth.vram),
    directory: snapshot.files.directory ?? snapshot.saving?.directory ?? null,
    failure:
      failure === null
        ? null
        : { kind: failure.kind, message: failureSentences(failure, url, status.kind !== 'needs-you') },
    freeBytes: snapshot.space?.freeBytes ?? null,
    fullInMs: rounded(snapshot.space?.fullInMs ?? null),
    adaptation: snapshot.adaptation,
    ledgerTrouble: snapshot.ledgerTrouble,
    ...runner,
  };
}

/** What `sdloop status` says to a person: a summary of a few lines, clean. `now` in ms since epoch. */
export function statusWords(
  snapshot: Snapshot,
  { now, isAscii, call }: { readonly now: number; readonly isAscii: boolean; readonly call?: CallOf },
): string {
  const lines = [
    stateLine(snapshot, now, isAscii),
    troubleLine(snapshot, call),
    generationLine(snapshot, isAscii),
    snapshot.adaptation === null ? null : `${describePlanAdaptation(snapshot.adaptation)}.`,
    rateLine(snapshot),
    totalLine(snapshot),
    growthLine(snapshot),
    filesLine(snapshot),
    snapshot.ledgerTrouble,
  ];
  return lines.filter((line) => line !== null && line !== '').join('\n');
}

function stateLine(snapshot: Snapshot, now: number, isAscii: boolean): string {
  const { glyph, word, detail } = describeStatus(snapshot.status, { now, isAscii });
  const { webUi, throughput, isDemo } = snapshot;
  const server = webUi === null ? '' : `${webUi.family} ${webUi.version ?? ''}`.trim();
  const active = throughput.activeMs >= 60_000 ? `generating for ${formatMinutes(throughput.activeMs)}` : '';
  return dotted(
    [
      `${glyph} ${word}${detail === '' ? '' : ` ${detail}`}`,
      shownUrl(snapshot.url),
      isDemo ? 'demo' : server,
      active,
    ],
    isAscii,
  );
}

function failureOf(status: Snapshot['status']): Failure | null {
  if ('failure' in status) return status.failure;
  return status.kind === 'restarting' ? status.reason : null;
}

function troubleLine({ status, url }: Snapshot, call?: CallOf): string | null {
  if (status.kind === 'retrying') return failureSentences(status.failure, url, true, call);
  if (status.kind === 'restarting') return describeFailure(status.reason, { url }).what;
  if (status.kind !== 'needs-you') return null;
  return `${failureSentences(status.failure, url, false, call)} Then: ${call?.('resume') ?? 'sdloop resume'}`;
}

function generationLine({ running, plan }: Snapshot, isAscii: boolean): string | null {
  if (running === null) {
    if (plan === null) return 'Nothing is planned yet: `sdloop` sets a loop up.';
    return dotted([checkpointName(plan.checkpoint), shorten(plan.parameters.prompt)], isAscii);
  }
  const { generation } = running;
  const { width, height } = generation.parameters;
  const size = `${width}x${height} x${imageCountOf(generation)}`;
  const steps = running.isPreparing ? 'preparing' : `${formatSteps(running).trim()} steps`;
  return dotted(
    [
      `#${generation.id}`,
      checkpointName(generation.checkpoint),
      size,
      steps,
      running.isPreparing ? '' : formatRemaining(running),
      formatSeeds(generation, isAscii ? '...' : '…'),
    ],
    isAscii,
  );
}

function rateLine({ throughput, slowdown }: Snapshot): string {
  const { imagesPerMinute, msPerImage, stepsPerSecond, gpuIdleShare } = throughput;
  const rate = (value: number | null, unit: string) => `${formatRate(value).trim()} ${unit}`;
  const idle = gpuIdleShare === null ? '' : `GPU idle ${formatShare(gpuIdleShare)}`;
  const rates = [
    rate(imagesPerMinute, 'images/min'),
    rate(msPerImage === null ? null : msPerImage / 1000, 's/image'),
    rate(stepsPerSecond, 'it/s'),
    idle,
    slowdown === null ? '' : `${describeSlowdown(slowdown)} than at first`,
  ];
  return rates.filter((part) => part !== '').join('   ');
}

function totalLine({ throughput, plan }: Snapshot): string {
  const { imageCount, generationCount, retryCount } = throughput;
  const goal = plan?.goal ? ` of ${formatCount(plan.goal.count)}` : '';
  const images =
    goal === '' ? formatCounted(imageCount, 'image') : `${formatCount(imageCount)}${goal} images`;
  return [
    images,
    formatCounted(generationCount, 'generation'),
    `${retryCount} retried`,
    ...notMadeWords(throughput),
  ].join(', ');
}

function growthLine({ memoryGrowth }: Snapshot): string {
  return describeGrowth(memoryGrowth)
    .map(({ wordings }) => wordings[0] ?? '')
    .join('   ');
}

function growthFields(growth: Growth | null) {
  if (growth === null) return null;
  return { bytesPerImage: rounded(growth.bytesPerImage), fullInMs: rounded(growth.fullInMs) };
}

function filesLine({ files, saving, space }: Snapshot): string | null {
  const directory = files.directory ?? saving?.directory ?? null;
  if (directory === null) return null;
  const free = space === null ? '' : `; ${describeSpace(space)}`;
  const bytes = files.totalByteCount > 0 ? `, ${formatBytes(files.totalByteCount)}` : '';
  return `${cleanText(directory)}: ${formatCounted(files.totalCount, 'file')}${bytes}${free}`;
}

function dotted(parts: readonly string[], isAscii: boolean): string {
  return parts
    .filter((part) => part !== '')
    .map(cleanText)
    .join(isAscii ? ' - ' : ' · ');
}

const longestPrompt = 60;

function shorten(text: string): string {
  const characters = Array.from(cleanText(text));
  return characters.length <= longestPrompt
    ? characters.join('')
    : `${characters.slice(0, longestPrompt - 3).join('')}...`;
}

function rounded(value: number | null): number | null {
  return value === null ? null : Math.round(value * 100) / 100;
}
