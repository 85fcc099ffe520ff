import type { Picture } from '../../pictures/make-picture.ts';

/** A picture among lines of text: room is made first, since at the bottom of a window it would scroll away under itself. */
export function inlinePicture({ rows, data }: Picture): string {
  // One row more than it has, because some terminals end a sixel picture on a row of its own.
  const room = rows + 1;
  return `${'\n'.repeat(room)}\u001b[${room}A${data}\u001b[${rows}B`;
}
