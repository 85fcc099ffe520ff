import { imageCountOf } from '../generation/generation.ts';
import { formatBytes } from './byte-counts.ts';
import { checkpointName } from './checkpoint-name.ts';
import { cleanText } from './clean-text.ts';
import { formatDayTime, formatHourMinute } from './clock-time.ts';
import { formatDuration, formatMinutes, formatSeconds } from './durations.ts';
import { deedOf, isByItself } from './incident.ts';
import { notMadeWords } from './not-made-words.ts';
import { formatCount, formatCounted, formatRate, formatShare } from './numbers.ts';
import type { CountedIncident, Report } from './report.ts';

/** A fact of a report with its label, clean; text and page show the same ones. */
export type Fact = { readonly label: string; readonly text: string };

/** When it was, what ran and what it came to. */
export function reportFacts(report: Report): readonly Fact[] {
  const { fromAt, untilAt, ending, plan, url, version } = report;
  const runs = report.runCount > 1 ? `, ${report.runCount} runs` : '';
  const span = `${formatDayTime(fromAt).trim()} to ${formatDayTime(untilAt).trim()}, ${formatSpan(untilAt - fromAt)}${runs}`;
  return [
    { label: 'When', text: `${span}; ${endingWords[ending ?? 'open']}` },
    { label: 'WebUI', text: cleanText(version === null ? url : `${url}, version ${version}`) },
    ...(plan === null ? [] : planFacts(plan)),
    { label: 'Made', text: madeWords(report) },
    { label: 'Pace', text: paceWords(report) },
    { label: 'Costs', text: costWords(report) },
    ...(report.hours === null ? [] : [{ label: 'Hours', text: hourWords(report.hours) }]),
    { label: 'By itself', text: deedWords(report.incidents) },
  ];
}

const endingWords = {
  ended: 'ended in good order',
  'cut-off': 'its runner died',
  open: 'not ended yet',
} as const;

function planFacts({ checkpoint, parameters, seed, goal }: NonNullable<Report['plan']>): Fact[] {
  const { width, height, steps, sampler, scheduler, prompt } = parameters;
  const way = [sampler, scheduler].filter((name) => name !== null).join(' ');
  const parts = [
    checkpointName(checkpoint),
    `${width}x${height} x${imageCountOf({ parameters })}`,
    `${steps} steps`,
    way,
    `seed ${seed.kind}`,
    goal === null ? '' : `goal ${formatCounted(goal.count, 'image')}`,
  ];
  const plan = parts.filter((part) => part !== '').join(', ');
  return [
    { label: 'Plan', text: cleanText(plan) },
    { label: 'Prompt', text: cleanText(prompt) },
  ];
}

function madeWords({ imageCount, generationCount, byteCount, folders }: Report): string {
  const files = `${formatBytes(byteCount)} in ${formatCounted(folders.length, 'folder')}`;
  return `${formatCounted(imageCount, 'image')}, ${formatCounted(generationCount, 'generation')}, ${files}`;
}

function paceWords({ imageCount, activeMs }: Report): string {
  if (activeMs <= 0 || imageCount === 0) return 'nothing was finished';
  const rate = formatRate((imageCount * 60_000) / activeMs).trim();
  return `${rate} images/min over ${formatSpan(activeMs)} at work, ${formatRate(activeMs / imageCount / 1000).trim()} s/image`;
}

function costWords({ gpuIdleMs, activeMs, awayMs, retryCount, ...counts }: Report): string {
  const share = activeMs > 0 ? ` (${formatShare(gpuIdleMs / activeMs)})` : '';
  const away = awayMs > 0 ? [`WebUI away ${formatDuration(awayMs)}`] : [];
  const parts = [
    `GPU idle ${formatDuration(gpuIdleMs)}${share}`,
    ...away,
    ...notMadeWords(counts),
    retryWords(retryCount),
  ];
  return parts.join(', ');
}

function retryWords(count: number): string {
  return Math.round(count) === 1 ? '1 retry' : `${formatCount(count)} retries`;
}

function hourWords({ slowest, fastest }: NonNullable<Report['hours']>): string {
  const words = ({ startAt, imageCount }: typeof slowest) =>
    `${formatHourMinute(startAt)} on ${formatDayTime(startAt).trim().slice(0, -9)} with ${formatCounted(imageCount, 'image')}`;
  return `slowest ${words(slowest)}; fastest ${words(fastest)}`;
}

/** What the loop did with nobody there, the most frequent first: `34 times tried again (unreachable), once waited for space (low-space)`. */
function deedWords(incidents: readonly CountedIncident[]): string {
  const deeds = new Map<string, number>();
  for (const { kind, action, count } of incidents) {
    if (!isByItself(kind)) continue;
    const deed = `${deedOf(action)} (${kind})`;
    deeds.set(deed, (deeds.get(deed) ?? 0) + count);
  }
  if (deeds.size === 0) return 'nothing out of the ordinary';
  return [...deeds]
    .sort(([, one], [, other]) => other - one)
    .map(([deed, count]) => (count === 1 ? deed : `${formatCount(count)} times ${deed}`))
    .join(', ');
}

/** `  22 Nov 23:14:03`, and how long identical ones went on. */
export function incidentWords({ reason, action, count, at, lastAt }: CountedIncident): string {
  const words = `${reason} ${action.charAt(0).toUpperCase()}${action.slice(1)}`;
  if (count === 1) return `${words}.`;
  return `${words}; ${formatCount(count)} times within ${formatDuration(lastAt - at)}.`;
}

/** A checkpoint's line: `3 248 images, 2.7 s each`. */
export function checkpointWords({ imageCount, msPerImage }: Report['checkpoints'][number]): string {
  return `${formatCounted(imageCount, 'image')}, ${formatSeconds(msPerImage)} each`;
}

/** A folder's line: `3 248 files, 612 MB`. */
export function folderWords({ fileCount, byteCount }: Report['folders'][number]): string {
  return `${formatCounted(fileCount, 'file')}, ${formatBytes(byteCount)}`;
}

/** A span in words that a short run has too. */
export function formatSpan(ms: number): string {
  return ms < 60_000 ? formatDuration(ms) : formatMinutes(ms);
}
