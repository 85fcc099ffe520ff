import { subjectOf } from '../../presentation/family-names.ts';
import type { RunnerLink } from '../../presentation/runner-link.ts';
import type { Snapshot } from '../../presentation/snapshot.ts';
import { nextStart, whileLive } from './runner-availability.ts';

type Reason = string | null;

/** What `p` does now: the same key pauses, goes on and starts again. */
export function pauseLabel({ status }: Snapshot): string {
  switch (status.kind) {
    case 'pausing':
    case 'paused':
      return 'resume';
    case 'stopping':
    case 'needs-you':
      return 'go on';
    case 'stopped':
      return 'start again';
    case 'connecting':
    case 'idle':
    case 'generating':
    case 'retrying':
    case 'restarting':
      return 'pause';
  }
}

export function whyNoPause({ status, plan }: Snapshot): Reason {
  switch (status.kind) {
    case 'connecting':
      return 'No WebUI has answered yet: there is nothing to pause.';
    case 'idle':
      return 'Nothing is planned yet: n sets up what to generate.';
    case 'stopped':
      return plan === null ? 'Nothing is planned: n sets up what to generate.' : null;
    case 'generating':
    case 'pausing':
    case 'paused':
    case 'retrying':
    case 'restarting':
    case 'stopping':
    case 'needs-you':
      return null;
  }
}

export function stopLabel({ status }: Snapshot): string {
  return status.kind === 'stopping' ? 'stop now' : 'stop';
}

export function whyNoStop({ status, plan, running }: Snapshot): Reason {
  if (status.kind === 'stopped') return 'The loop has stopped already.';
  if (plan === null) return 'Nothing is planned yet: there is no loop to stop.';
  return status.kind === 'stopping' && running === null ? 'The loop is stopping already.' : null;
}

export function whyNoSkip({ running, webUi }: Snapshot): Reason {
  if (webUi !== null && !webUi.hasSkip) return `${subjectOf(webUi)} cannot skip a batch.`;
  return running === null ? 'Nothing is being generated: there is nothing to skip.' : null;
}

export function whyNoInterrupt({ running, webUi }: Snapshot): Reason {
  if (webUi !== null && !webUi.hasInterrupt) return `${subjectOf(webUi)} cannot be interrupted.`;
  return running === null ? 'Nothing is being generated: there is nothing to interrupt.' : null;
}

export function retryLabel(_: Snapshot, { kind }: RunnerLink): string {
  return kind === 'lost' ? 'start again' : '';
}

export function tryLabel(snapshot: Snapshot, link: RunnerLink): string {
  return nextStart(snapshot, link) === 'restart-runner' ? 'start again' : 'try now';
}

/** A runner that died is started again by the same key. */
export function whyNoRetry(snapshot: Snapshot, link: RunnerLink): Reason {
  return nextStart(snapshot, link) === 'restart-runner' ? null : whileLive(whyNothingToRetry)(snapshot, link);
}

function whyNothingToRetry({ status }: Snapshot): Reason {
  switch (status.kind) {
    case 'retrying':
    case 'needs-you':
      return null;
    case 'connecting':
      return 'It is being tried right now.';
    case 'restarting':
      return 'The WebUI is being restarted.';
    case 'idle':
    case 'generating':
    case 'pausing':
    case 'paused':
    case 'stopping':
    case 'stopped':
      return 'Nothing failed: there is nothing to try again.';
  }
}

export function whyNoSetup({ webUi, status }: Snapshot): Reason {
  if (status.kind === 'stopping') return 'The loop is stopping: p takes that back, or change it once it has.';
  return webUi === null ? 'No WebUI has answered yet, so its checkpoints and samplers are not known.' : null;
}

export function whyNoChange(snapshot: Snapshot): Reason {
  return snapshot.plan === null
    ? 'Nothing is planned yet: n sets up what to generate.'
    : whyNoSetup(snapshot);
}
