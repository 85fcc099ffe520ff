import type { ScreenView } from './screen-store.ts';

/** How often time alone changes the screen, ms; null where it does not, so that a resting loop sends no byte. */
export function tickIntervalMs({ state, snapshot, link }: Omit<ScreenView, 'now'>): number | null {
  // Nothing runs behind it, so that no time passes.
  if (state.isGalleryOnly) return null;
  switch (link.kind) {
    case 'starting':
      return 1000;
    case 'lost':
      // Its age is shown in minutes.
      return 10_000;
    case 'ended':
    case 'refused':
      return null;
    case 'live':
      return liveInterval(state, snapshot);
  }
}

function liveInterval(
  { screen }: ScreenView['state'],
  { status, running, files, ledgerTrouble }: ScreenView['snapshot'],
): number | null {
  if (status.kind === 'connecting' || status.kind === 'retrying' || status.kind === 'restarting') return 1000;
  if (running?.isPreparing) return 1000;
  if (screen.kind === 'monitor' && files.status.kind === 'reading') return 1000;
  // A message makes way for the trouble again.
  return ledgerTrouble === null ? null : 5000;
}
