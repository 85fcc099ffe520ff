import type { Notice } from '../engine/notice.ts';
import { fileNameOf, foldCase, splitHash, withoutExtension } from '../generation/checkpoint-names.ts';
import type { FailureKind } from '../generation/failure.ts';
import { formatBytes } from './byte-counts.ts';
import { checkpointName, distinctNames } from './checkpoint-name.ts';
import { cleanText } from './clean-text.ts';
import { describeAdjustment } from './describe-adjustment.ts';
import { describeFailure } from './describe-failure.ts';
import { actionOfMeasure } from './describe-measure.ts';
import { formatDuration } from './durations.ts';
import { formatCounted } from './numbers.ts';

export type IncidentKind =
  | FailureKind
  | 'reconnected'
  /** Another checkpoint from here on, which the WebUI has to load. */
  | 'checkpoint-changed'
  | 'paused'
  | 'resumed'
  | 'stopped'
  | 'needs-you'
  | 'space-regained'
  /** More was tried again after memory had run out, or a proxy's limit was learnt. */
  | 'adjusted'
  | 'restarting'
  /** The pace fell, or came back. */
  | 'slower'
  | 'pace-regained'
  /** What happened to the ledger itself. */
  | 'ledger'
  /** The runner died. */
  | 'cut-off';

/** Something out of the ordinary in a run, as the flight recorder keeps it: clean sentences for a person, without secrets. */
export type Incident = {
  /** ms since epoch. */
  readonly at: number;
  readonly kind: IncidentKind;
  readonly reason: string;
  /** What was done about it, a phrase such as `tried again after 8 s`. */
  readonly action: string;
};

/** The incident that a notice tells of, or null; `checkpointBefore` is that of the generation before, null before the first. */
export function incidentOf(
  notice: Notice,
  { url, checkpointBefore }: { readonly url: string; readonly checkpointBefore: string | null },
): Incident | null {
  const { at } = notice;
  switch (notice.type) {
    case 'connected':
      return notice.isReconnect
        ? { at, kind: 'reconnected', reason: 'The WebUI answers again.', action: 'went on' }
        : null;
    case 'generation-started': {
      const { checkpoint } = notice.generation;
      if (checkpointBefore === null || !isAnother(checkpointBefore, checkpoint)) return null;
      const [, name = checkpoint] = distinctNames([checkpointBefore, checkpoint]);
      const reason = `Another checkpoint: ${cleanText(name)}.`;
      return { at, kind: 'checkpoint-changed', reason, action: 'loaded by the WebUI' };
    }
    case 'failure': {
      const { failure, willRetry } = notice;
      const reason = describeFailure(failure, { url, willRetry }).what;
      return { at, kind: failure.kind, reason, action: actionOf(notice) };
    }
    case 'restarting': {
      const reason = describeFailure(notice.reason, { url }).what;
      const action = notice.way === 'itself' ? 'had the WebUI restart itself' : 'restarted the WebUI';
      return { at, kind: 'restarting', reason, action };
    }
    case 'adjusted':
      return {
        at,
        kind: 'adjusted',
        reason: describeAdjustment(notice.adjustment),
        action: 'went on',
      };
    case 'space-regained': {
      const reason = `There is space again: ${formatBytes(notice.freeBytes)} free.`;
      return { at, kind: 'space-regained', reason, action: 'went on' };
    }
    case 'paused':
      return { at, kind: 'paused', reason: 'A person paused the loop.', action: 'rested' };
    case 'resumed':
      return { at, kind: 'resumed', reason: 'A person let the loop go on.', action: 'went on' };
    case 'stopped':
      return stopOf(at, notice.reason);
    case 'progress':
    case 'image':
    case 'generation-finished':
    case 'activity-changed':
      return null;
  }
}

/** A loop that was ended at about `lastAt` (ms since epoch) before its WebUI answered, as the next runner found it. */
export function leftIncident(lastAt: number, leftCount: number): Incident {
  return {
    at: lastAt,
    kind: 'stopped',
    reason: 'The loop was ended before its WebUI answered.',
    action: `looked for the images of ${formatCounted(leftCount, 'generation')} at the next start`,
  };
}

/** A runner that died at about `lastAt` (ms since epoch), as the next one found it. */
export function cutOffIncident(lastAt: number, unfinishedCount: number): Incident {
  return {
    at: lastAt,
    kind: 'cut-off',
    reason: 'The runner ended without a word.',
    action:
      unfinishedCount === 0
        ? 'began again'
        : `began again and looked for the images of ${formatCounted(unfinishedCount, 'generation')}`,
  };
}

/** What happened to the ledger, a clean sentence; the loop never waits for it. */
export function ledgerIncident(at: number, reason: string): Incident {
  return { at, kind: 'ledger', reason, action: 'went on' };
}

/** What was done, however long it was waited for that: one thing, be it done once or often. */
export function deedOf(action: string): string {
  return action.replace(/ after .*$/s, '');
}

/** Whether the loop did it by itself; a person did what it did not. */
export function isByItself(kind: IncidentKind): boolean {
  return !['paused', 'resumed', 'stopped', 'checkpoint-changed', 'needs-you'].includes(kind);
}

/** A title gets its hash only once the WebUI has loaded the file (webui-api.md 2.1), and a plan may say no more than the name. */
function isAnother(before: string, now: string): boolean {
  const [one, other] = [splitHash(before), splitHash(now)];
  if (one.hash !== null && other.hash !== null) return one.hash !== other.hash;
  if (isBare(one.name) || isBare(other.name)) return checkpointName(before) !== checkpointName(now);
  return foldCase(one.name) !== foldCase(other.name);
}

/** Neither a folder nor an extension: a name such as a person writes. */
function isBare(name: string): boolean {
  return fileNameOf(name) === name && withoutExtension(name) === name;
}

function actionOf(notice: Extract<Notice, { type: 'failure' }>): string {
  const { failure, generation, willRetry, retryDelayMs, measure } = notice;
  if (measure !== undefined) return actionOfMeasure(measure);
  if (failure.kind === 'low-space') return 'waited for space';
  if (willRetry) {
    return retryDelayMs === null ? 'tried again' : `tried again after ${formatDuration(retryDelayMs)}`;
  }
  if (generation === null) return 'told to a person';
  // The end of the ladder, as makeRoom has it: nothing less is left to ask for.
  return failure.kind === 'out-of-memory' ? 'gave the generation up' : 'not tried again';
}

function stopOf(at: number, reason: Extract<Notice, { type: 'stopped' }>['reason']): Incident {
  switch (reason) {
    case 'asked':
      return { at, kind: 'stopped', reason: 'A person ended the loop.', action: 'ended' };
    case 'goal-reached':
      return { at, kind: 'stopped', reason: 'The goal is reached.', action: 'ended' };
    case 'needs-you':
      return { at, kind: 'needs-you', reason: 'Only a person could mend that.', action: 'waited' };
  }
}
