import { join } from 'node:path';
import type { FileRow } from '../presentation/snapshot.ts';
import { isGrid, numberIn, seedIn } from './file-name.ts';
import type { Attribution } from './gallery.ts';
import { createRowTable } from './row-table.ts';

/** A folder whose files are listed. */
export type IndexedFolder = {
  readonly path: string;
  /** Row ids by file name. */
  readonly ids: ReadonlyMap<string, number>;
  /** The highest number that a listed name starts with; -1 when there is none (webui-api.md 9.2). */
  readonly highestNumber: number;
};

/** What a look at a file told; what is left out stays as it is. */
export type FileFacts = {
  readonly byteCount: number;
  readonly savedAt: number;
  /** Pixels; 0 where the file is no image that we know. */
  readonly width?: number;
  readonly height?: number;
  readonly metadataByteCount?: number;
  readonly seed?: number | null;
};

export type FileIndex = ReturnType<typeof createFileIndex>;

type Folder = { readonly path: string; readonly ids: Map<string, number>; highestNumber: number };

/** Makes the list of all files that are shown, oldest first, over one or more folders; it touches no disk. */
export function createFileIndex() {
  const table = createRowTable();
  const folders: Folder[] = [];
  let version = 0;
  let removalCount = 0;
  let unmeasuredCount = 0;
  let totalByteCount = 0;

  function folderNumber(path: string): number {
    const known = folders.findIndex((folder) => folder.path === path);
    return known >= 0 ? known : folders.push({ path, ids: new Map(), highestNumber: -1 }) - 1;
  }

  function removeSlot(slot: number): void {
    const byteCount = table.get('byteCount', slot);
    if (byteCount < 0) unmeasuredCount--;
    else totalByteCount -= byteCount;
    table.remove(slot);
    removalCount++;
    version++;
  }

  function slotIfThere(id: number): number | null {
    return table.has(id) ? table.slotOf(id) : null;
  }

  return {
    /** Grows with every change that a view could show. */
    get version() {
      return version;
    },
    get removalCount() {
      return removalCount;
    },
    get count() {
      return table.length - table.gapCount;
    },
    /** Of the files whose size is known so far. */
    get totalByteCount() {
      return totalByteCount;
    },
    /** Files whose size is not known yet. */
    get unmeasuredCount() {
      return unmeasuredCount;
    },
    /** The folder's files, empty when there are none yet. */
    folder(path: string): IndexedFolder {
      return folders[folderNumber(path)] as Folder;
    },
    /** Adds a file as the newest, unless it is there; returns its id. */
    append(folderPath: string, name: string): number {
      const number = folderNumber(folderPath);
      const folder = folders[number] as Folder;
      const known = folder.ids.get(name);
      if (known !== undefined) return known;
      const id = table.push(name, number);
      table.set('listedAt', table.length - 1, Date.now());
      folder.ids.set(name, id);
      unmeasuredCount++;
      folder.highestNumber = Math.max(folder.highestNumber, numberIn(name) ?? -1);
      version++;
      return id;
    },
    remove(folderPath: string, name: string): void {
      const folder = folders[folderNumber(folderPath)] as Folder;
      const id = folder.ids.get(name);
      if (id === undefined) return;
      folder.ids.delete(name);
      removeSlot(table.slotOf(id));
    },
    removeFolder(folderPath: string): void {
      const folder = folders[folderNumber(folderPath)] as Folder;
      for (const id of folder.ids.values()) removeSlot(table.slotOf(id));
      folder.ids.clear();
      folder.highestNumber = -1;
    },
    learn(id: number, facts: FileFacts): void {
      const slot = slotIfThere(id);
      if (slot === null) return;
      const knownByteCount = table.get('byteCount', slot);
      if (knownByteCount < 0) unmeasuredCount--;
      totalByteCount += facts.byteCount - Math.max(0, knownByteCount);
      table.set('byteCount', slot, facts.byteCount);
      table.set('savedAt', slot, facts.savedAt);
      if (facts.width !== undefined) table.set('width', slot, facts.width);
      if (facts.height !== undefined) table.set('height', slot, facts.height);
      if (facts.metadataByteCount !== undefined)
        table.set('metadataByteCount', slot, facts.metadataByteCount);
      const isOurs = table.get('generationId', slot) > 0;
      if (facts.seed !== undefined && !isOurs) table.set('seed', slot, facts.seed ?? -1);
      if (facts.width !== undefined) table.set('isRead', slot, 1);
      version++;
    },
    attribute(id: number, attribution: Attribution): void {
      const slot = slotIfThere(id);
      if (slot === null) return;
      table.set('generationId', slot, attribution.generationId);
      table.set('durationMs', slot, attribution.durationMs);
      table.set('seed', slot, attribution.seed);
      version++;
    },
    isOurs(id: number): boolean {
      return table.has(id) && table.get('generationId', table.slotOf(id)) > 0;
    },
    /** Whether the file's header is still to be read for its row. */
    isUnread(id: number): boolean {
      return table.has(id) && table.get('isRead', table.slotOf(id)) === 0;
    },
    metadataByteCountOf: (id: number) => table.get('metadataByteCount', table.slotOf(id)),
    /** Leaves the row as it is although its header could not be read. */
    giveUpReading(id: number): void {
      if (table.has(id)) table.set('isRead', table.slotOf(id), 1);
    },
    /** The next older id; 0 when there is none. */
    idBelow: (id: number) => table.idAt(table.slotOf(id) - 1),
    isUnmeasured(id: number): boolean {
      return table.has(id) && table.get('byteCount', table.slotOf(id)) < 0;
    },
    has: (id: number) => table.has(id),
    /** Closes the gaps that removed rows left; to be called before places are counted. */
    settle: () => table.compact(),
    /** The id at a place counted from the newest; 0 beyond the end. */
    idFromNewest: (place: number) => table.idAt(table.length - 1 - place),
    /** How many files are newer than this id, whether it is there or gone. */
    placeOf: (id: number) => table.length - 1 - Math.min(table.slotOf(id), table.length - 1),
    nameOf: (id: number) => table.nameAt(table.slotOf(id)),
    folderOf: (id: number) => folders[table.get('folder', table.slotOf(id))]?.path ?? '',
    /** When the file came into the list, ms since epoch. */
    listedAt: (id: number) => table.get('listedAt', table.slotOf(id)),
    /** Whether the file is listed with this size and time. */
    isListedAs(id: number | undefined, byteCount: number, savedAt: number): boolean {
      if (id === undefined || !table.has(id)) return false;
      const slot = table.slotOf(id);
      return table.get('byteCount', slot) === byteCount && table.get('savedAt', slot) === savedAt;
    },
    pathOf: (id: number) => {
      const slot = table.slotOf(id);
      return join(folders[table.get('folder', slot)]?.path ?? '', table.nameAt(slot));
    },
    /** The row to show, with `name` as the file is called in its folder. */
    rowOf(id: number): FileRow {
      const slot = table.slotOf(id);
      const name = table.nameAt(slot);
      const generationId = table.get('generationId', slot);
      const seed = table.get('seed', slot);
      const width = table.get('width', slot);
      const height = table.get('height', slot);
      const byteCount = table.get('byteCount', slot);
      return {
        id,
        name,
        savedAt: table.get('savedAt', slot),
        origin: generationId > 0 ? 'ours' : isGrid(name) ? 'grid' : 'foreign',
        seed: seed >= 0 ? seed : isGrid(name) ? null : seedIn(name),
        generationId: generationId > 0 ? generationId : null,
        width: width > 0 ? width : null,
        height: height > 0 ? height : null,
        byteCount: byteCount >= 0 ? byteCount : null,
        durationMs: generationId > 0 ? table.get('durationMs', slot) : null,
      };
    },
  };
}
