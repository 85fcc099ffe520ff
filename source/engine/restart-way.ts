import type { Failure } from '../generation/failure.ts';
import type { LaneId } from './lane.ts';
import type { Turn } from './turn.ts';

/** How a WebUI is restarted: it does so itself when it is asked to, or a person's command does it. */
export type RestartWay = 'itself' | 'command';

/**
 * How the lane's WebUI would be restarted for such a reason, the gentler way first; null where nothing can. Only one that answers can be asked
 * to do it itself, and one that did not do so is not asked again.
 */
export function restartWay(turn: Turn, id: LaneId, { kind }: Failure): RestartWay | null {
  const { webUi, hasRefusedRestart } = turn.lane(id);
  const isThere = kind === 'hung' || kind === 'memory-low';
  if (isThere && webUi?.canRestartItself === true && !hasRefusedRestart) return 'itself';
  return turn.state.canRestart ? 'command' : null;
}
