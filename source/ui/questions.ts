import { formatCounted } from '../presentation/numbers.ts';
import type { Snapshot } from '../presentation/snapshot.ts';
import type { Overlay } from './screen-state.ts';

/** What an overlay asks or says in the message line; null for those that have a panel of their own. */
export function questionText(overlay: Overlay, { running }: Snapshot): string | null {
  switch (overlay.kind) {
    case 'help':
      return null;
    case 'skip':
      return `Skip this batch? ${lossOf(running?.generation.parameters.batchSize ?? 0)}`;
    case 'interrupt': {
      const { batchSize, batchCount } = running?.generation.parameters ?? { batchSize: 0, batchCount: 0 };
      return `Interrupt generation #${overlay.generationId}? ${lossOf(batchSize * batchCount)} The loop goes on.`;
    }
    case 'discard':
      return overlay.to === 'shell' ? 'Leave? What you wrote is lost.' : 'Go back? What you wrote is lost.';
    case 'leave':
      return running === null
        ? 'Leave? The loop runs in this program and ends with it.'
        : `Leave? The loop ends with it. Let #${running.generation.id} finish first?`;
    case 'leaving':
      return running === null
        ? 'Ending, then leaving. Ctrl-C leaves at once.'
        : `${overlay.isInterrupting ? 'Interrupting' : 'Finishing'} #${running.generation.id}, then leaving. Ctrl-C leaves at once.`;
  }
}

function lossOf(imageCount: number): string {
  return imageCount === 1 ? 'Its image is lost.' : `Its ${formatCounted(imageCount, 'image')} are lost.`;
}
