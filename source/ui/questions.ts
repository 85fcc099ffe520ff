import { imageCountOf } from '../generation/generation.ts';
import type { ChoosableImage } from '../presentation/choosing.ts';
import { cleanText } from '../presentation/clean-text.ts';
import { formatCounted } from '../presentation/numbers.ts';
import type { RunnerLink } from '../presentation/runner-link.ts';
import type { Snapshot } from '../presentation/snapshot.ts';
import type { Overlay } from './screen-state.ts';

/** What an overlay asks or says in the message line; null for those that have a panel of their own. */
export function questionText(overlay: Overlay, snapshot: Snapshot, link: RunnerLink): string | null {
  const { running, status } = snapshot;
  switch (overlay.kind) {
    case 'help':
      return null;
    case 'skip':
      return `Skip this batch? ${lossOf(running?.generation.parameters.batchSize ?? 0)}`;
    case 'interrupt': {
      const { batchSize, batchCount } = running?.generation.parameters ?? { batchSize: 0, batchCount: 0 };
      return `Interrupt generation #${overlay.generationId}? ${lossOf(batchSize * batchCount)} ${status.kind === 'stopping' ? 'Then the loop stops.' : 'The loop goes on.'}`;
    }
    case 'discard':
      return overlay.to === 'shell' ? 'Leave? What you wrote is lost.' : 'Go back? What you wrote is lost.';
    case 'leave':
      return `${leavingText(snapshot, link)} Ctrl-C again leaves.`;
    case 'stop':
      return running === null
        ? 'Stop the loop? Nothing is being generated.'
        : `Stop the loop? Let #${running.generation.id} finish first?`;
    case 'again':
      return `Generate from ${nameOf(overlay.image)}?`;
    case 'copy':
      return `Copy what of ${nameOf(overlay.image)}?`;
    case 'stop-now':
      return `Stop at once? ${lossOf(imagesInFlight(snapshot))}`;
  }
}

function nameOf({ path, seed }: ChoosableImage): string {
  return seed === null ? cleanText(path.slice(path.lastIndexOf('/') + 1)) : `seed ${seed}`;
}

function leavingText({ plan, status }: Snapshot, link: RunnerLink): string {
  if (link.kind !== 'live' || plan === null) return 'Leave?';
  switch (status.kind) {
    case 'connecting':
    case 'idle':
    case 'generating':
    case 'retrying':
    case 'restarting':
      return 'The loop goes on.';
    case 'pausing':
    case 'paused':
      return 'The loop stays paused.';
    case 'stopping':
      return 'The loop stops after this generation.';
    case 'stopped':
    case 'needs-you':
      return 'Leave?';
  }
}

function imagesInFlight({ running, queued }: Snapshot): number {
  return [running?.generation, queued].reduce(
    (sum, generation) => sum + (generation ? imageCountOf(generation) : 0),
    0,
  );
}

function lossOf(imageCount: number): string {
  return imageCount === 1 ? 'Its image is lost.' : `Its ${formatCounted(imageCount, 'image')} are lost.`;
}
