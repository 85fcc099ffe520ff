import type { Notice } from '../../engine/notice.ts';
import type { LoopStatus } from '../../presentation/snapshot.ts';

/** The states that notices tell; the word is the same as on the screen and in `status --json`. */
export type LoopState = Extract<
  LoopStatus['kind'],
  'connecting' | 'generating' | 'paused' | 'retrying' | 'restarting' | 'stopped' | 'needs-you'
>;

/** The loop's state after a notice. */
export function stateAfter(state: LoopState, notice: Notice): LoopState {
  switch (notice.type) {
    case 'activity-changed':
      return notice.isActive ? 'generating' : state;
    case 'failure':
      if (notice.failure.kind === 'low-space') return 'retrying';
      return notice.willRetry && state !== 'connecting' ? 'retrying' : state;
    case 'restarting':
      return 'restarting';
    case 'paused':
      return 'paused';
    case 'stopped':
      return notice.reason === 'needs-you' ? 'needs-you' : 'stopped';
    case 'generation-started':
    case 'progress':
    case 'image':
    case 'generation-finished':
      return state === 'retrying' || state === 'restarting' ? 'generating' : state;
    case 'connected':
    case 'space-regained':
    case 'resumed':
    case 'adjusted':
      return state;
  }
}
