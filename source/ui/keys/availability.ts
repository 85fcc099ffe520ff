import type { Snapshot } from '../../presentation/snapshot.ts';

type Reason = string | null;

/** What `p` does now: the same key pauses, goes on and starts again. */
export function pauseLabel({ status }: Snapshot): string {
  switch (status.kind) {
    case 'pausing':
    case 'paused':
      return 'resume';
    case 'needs-you':
      return 'go on';
    case 'stopped':
      return 'start again';
    case 'connecting':
    case 'idle':
    case 'generating':
    case 'retrying':
    case 'stopping':
      return 'pause';
  }
}

export function whyNoPause({ status, plan }: Snapshot): Reason {
  switch (status.kind) {
    case 'connecting':
      return 'No WebUI has answered yet: there is nothing to pause.';
    case 'idle':
      return 'Nothing is planned yet: n sets up what to generate.';
    case 'stopping':
      return 'The loop is ending: it can be started again once it has.';
    case 'stopped':
      return plan === null ? 'Nothing is planned: n sets up what to generate.' : null;
    case 'generating':
    case 'pausing':
    case 'paused':
    case 'retrying':
    case 'needs-you':
      return null;
  }
}

export function whyNoSkip({ running, webUi }: Snapshot): Reason {
  if (webUi !== null && !webUi.hasSkip) return 'This WebUI cannot skip a batch.';
  return running === null ? 'Nothing is being generated: there is nothing to skip.' : null;
}

export function whyNoInterrupt({ running, webUi }: Snapshot): Reason {
  if (webUi !== null && !webUi.hasInterrupt) return 'This WebUI cannot be interrupted.';
  return running === null ? 'Nothing is being generated: there is nothing to interrupt.' : null;
}

export function whyNoRetry({ status }: Snapshot): Reason {
  switch (status.kind) {
    case 'retrying':
    case 'needs-you':
      return null;
    case 'connecting':
      return 'It is being tried right now.';
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
  if (status.kind === 'stopping') return 'The loop is ending: change it once it has.';
  return webUi === null ? 'No WebUI has answered yet, so its checkpoints and samplers are not known.' : null;
}

export function whyNoChange(snapshot: Snapshot): Reason {
  return snapshot.plan === null
    ? 'Nothing is planned yet: n sets up what to generate.'
    : whyNoSetup(snapshot);
}
