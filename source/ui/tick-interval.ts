import type { Snapshot } from '../presentation/snapshot.ts';
import type { ScreenState } from './screen-state.ts';

/** How often time alone changes the screen, ms; null where it does not, so that a resting loop sends no byte. */
export function tickIntervalMs({ screen }: ScreenState, { status, running, files }: Snapshot): number | null {
  if (status.kind === 'connecting' || status.kind === 'retrying') return 1000;
  if (running?.isPreparing) return 1000;
  return screen.kind === 'monitor' && files.status.kind === 'reading' ? 1000 : null;
}
