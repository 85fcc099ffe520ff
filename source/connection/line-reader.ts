const newline = 0x0a;

/** What is first held of a line in pieces, and what is kept for the next one, bytes. */
const initialCapacity = 4096;

/** Turns bytes, however they are cut, into lines. */
export type LineReader = {
  /** Takes the next bytes and gives the lines that they complete, without their ends; what follows a line that is too long is dropped. */
  push(bytes: Uint8Array): { readonly lines: readonly Uint8Array[]; readonly isTooLong: boolean };
  /** Whether a line has begun and not ended. */
  hasHalfLine(): boolean;
};

/**
 * Lines of at most `limit` bytes. They are given as bytes, so that a character may be cut anywhere, and never more than one line is
 * held, each byte of it copied a constant number of times.
 */
export function createLineReader(limit: number): LineReader {
  let held = new Uint8Array(0);
  let size = 0;
  let isTooLong = false;

  function hold(bytes: Uint8Array): void {
    const needed = size + bytes.length;
    if (needed > held.length) {
      const larger = new Uint8Array(Math.min(limit, Math.max(initialCapacity, 2 * needed)));
      larger.set(held.subarray(0, size));
      held = larger;
    }
    held.set(bytes, size);
    size = needed;
  }

  function takeHeld(): Uint8Array {
    const line = held.slice(0, size);
    size = 0;
    if (held.length > initialCapacity) held = new Uint8Array(0);
    return line;
  }

  return {
    push(bytes) {
      const lines: Uint8Array[] = [];
      let rest = bytes;
      while (!isTooLong && rest.length > 0) {
        const end = rest.indexOf(newline);
        const piece = end < 0 ? rest : rest.subarray(0, end);
        if (size + piece.length > limit) {
          isTooLong = true;
          held = new Uint8Array(0);
          size = 0;
        } else if (end < 0) {
          hold(piece);
        } else if (size === 0) {
          lines.push(piece);
        } else {
          hold(piece);
          lines.push(takeHeld());
        }
        rest = end < 0 ? rest.subarray(rest.length) : rest.subarray(end + 1);
      }
      return { lines, isTooLong };
    },
    hasHalfLine: () => size > 0,
  };
}
