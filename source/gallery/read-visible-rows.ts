import { setTimeout as after } from 'node:timers/promises';
import type { Arrivals } from './arrivals.ts';
import type { FileIndex } from './file-index.ts';
import { seedIn } from './file-name.ts';
import { seedInInfotext } from './infotext-seed.ts';
import { type ImageFile, readImageFile } from './read-image-header.ts';

const atOnce = 8;

/** What a row can show of a file that was read; a file that is cut short shows no size in pixels. */
export function learnFile(index: FileIndex, id: number, file: ImageFile): void {
  const { header, byteCount, savedAt } = file;
  const seed = header?.infotext ? seedInInfotext(header.infotext) : null;
  index.learn(id, {
    byteCount,
    savedAt,
    width: header?.isComplete ? header.width : 0,
    height: header?.isComplete ? header.height : 0,
    metadataByteCount: header?.metadataByteCount ?? 0,
    seed: seed ?? seedIn(index.nameOf(id)),
  });
}

/** Makes the reader of headers for the rows on the screen: those of the newest wish first, and nothing for rows that have left it. */
export function createRowReader(index: FileIndex, arrivals: Arrivals, onChange: () => void) {
  let wanted: readonly number[] = [];
  let isReading = false;
  let isClosed = false;

  async function readAll(): Promise<void> {
    isReading = true;
    for (;;) {
      const batch = wanted.filter(index.isUnread).slice(0, atOnce);
      if (batch.length === 0 || isClosed) break;
      const files = await Promise.all(batch.map((id) => readImageFile(index.pathOf(id))));
      if (isClosed) break;
      for (const [place, id] of batch.entries()) take(id, files[place] ?? null);
      onChange();
      // A scrolling screen wants other rows by now.
      await after(0);
    }
    isReading = false;
  }

  function take(id: number, file: ImageFile | null): void {
    if (!index.has(id)) return;
    if (file && (file.header?.isComplete ?? true)) {
      learnFile(index, id, file);
      return;
    }
    index.giveUpReading(id);
    // Gone, unreadable or still being written: whoever looks at arrivals finds out.
    if (!index.nameOf(id).includes('\ufffd')) arrivals.note(index.folderOf(id), index.nameOf(id));
  }

  return {
    want(ids: readonly number[]): void {
      wanted = ids;
      if (!isReading && ids.some(index.isUnread)) void readAll();
    },
    close(): void {
      isClosed = true;
    },
  };
}
