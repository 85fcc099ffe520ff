import type { Command } from '../../engine/command.ts';
import type { Snapshot } from '../../presentation/snapshot.ts';
import { become, type ScreenContext, type ScreenState, type Update } from '../screen-state.ts';
import { handOver } from './hand-over.ts';

/** Pauses, goes on, takes a stop back or starts again: whatever is the other way round now. */
export function pauseOrResume(state: ScreenState, context: ScreenContext): Update {
  const command = pauseCommand(context.snapshot);
  if (command === null) return become(state);
  return command.type === 'start'
    ? handOver(state, command, context)
    : become(state, { type: 'send', command });
}

function pauseCommand({
  status,
  plan,
}: Snapshot): Extract<Command, { type: 'pause' | 'resume' | 'start' }> | null {
  switch (status.kind) {
    case 'generating':
    case 'retrying':
    case 'restarting':
      return { type: 'pause' };
    case 'pausing':
    case 'paused':
    case 'stopping':
    case 'needs-you':
      return { type: 'resume' };
    case 'stopped':
      return plan === null ? null : { type: 'start', plan };
    case 'connecting':
    case 'idle':
      return null;
  }
}

/** Whether Esc takes a stop back, as `pauseOrResume` does then; first it goes back from what is open in the list of files. */
export function isStopTakenBack({ monitor }: ScreenState, { snapshot, link }: ScreenContext): boolean {
  const isAnythingOpen = monitor.areDetailsOpen || monitor.filter !== '' || monitor.selected !== null;
  return !isAnythingOpen && link.kind === 'live' && snapshot.status.kind === 'stopping';
}
