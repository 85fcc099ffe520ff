import type { FileIndex } from './file-index.ts';
import type { Attribution } from './gallery.ts';

/** How many files may be known before they are seen on the disk; the oldest are forgotten. */
const mostKept = 1000;

/** Keeps what is known of files that are not in the list yet, until they come. */
export function createAttributions(index: FileIndex) {
  const kept = new Map<string, Attribution>();
  return {
    keep(path: string, attribution: Attribution): void {
      kept.set(path, attribution);
      const oldest = kept.keys().next();
      if (kept.size > mostKept && !oldest.done) kept.delete(oldest.value);
    },
    has: (path: string) => kept.has(path),
    apply(path: string, id: number): void {
      const attribution = kept.get(path);
      if (!attribution) return;
      kept.delete(path);
      index.attribute(id, attribution);
    },
  };
}
