import { formatDuration } from '../../presentation/durations.ts';
import { formatCounted } from '../../presentation/numbers.ts';
import type { FilesView, LoopStatus } from '../../presentation/snapshot.ts';

/** Why no file is shown and what fills the list; one sentence or two, uncleaned. */
export function explainEmptyList(files: FilesView, loop: LoopStatus['kind'], now: number): string {
  const { status } = files;
  switch (status.kind) {
    case 'unknown-directory':
      return 'Where images go is not known yet: the WebUI says so when it answers.';
    case 'waiting-for-directory':
      return `No images yet, and this directory comes with the first one. ${whatFills(loop)}`;
    case 'reading':
      return `Reading the directory: ${formatCounted(status.readCount, 'file')} in ${formatDuration(now - status.since)}.`;
    case 'unreadable':
      return `The directory cannot be read: ${status.reason}. Make it readable, or choose another with --output-dir.`;
    case 'watching':
    case 'polling':
      if (files.filter !== '') return `No file matches "${files.filter}". Esc clears the filter.`;
      return `No images yet. ${whatFills(loop)}`;
  }
}

function whatFills(loop: LoopStatus['kind']): string {
  switch (loop) {
    case 'idle':
    case 'stopped':
      return 'Press n to generate some.';
    case 'paused':
    case 'pausing':
      return 'Press p to go on.';
    case 'needs-you':
      return 'The loop waits for you: see above.';
    case 'connecting':
    case 'generating':
    case 'retrying':
    case 'restarting':
    case 'stopping':
      return 'They come when a generation ends.';
  }
}
