import type { Notice } from '../engine/notice.ts';

/** Tells of each notice whether what was learnt of the WebUI's memory is over: it was started anew, or is to load another checkpoint. */
export function createGroundWatch(): (notice: Notice) => boolean {
  let checkpoint = '';
  return (notice) => {
    if (notice.type === 'connected' || notice.type === 'restarting') return true;
    if (notice.type !== 'generation-started') return false;
    const before = checkpoint;
    checkpoint = notice.generation.checkpoint;
    return before !== checkpoint;
  };
}
