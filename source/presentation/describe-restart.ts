import type { RestartWay } from '../engine/restart-way.ts';

/** What is done now that the WebUI must be restarted, a sentence. */
export function describeRestart(way: RestartWay): string {
  return way === 'itself' ? 'The WebUI is asked to restart itself.' : 'Restarting the WebUI.';
}
