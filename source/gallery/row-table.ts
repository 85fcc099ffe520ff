/** What is kept of each file, one number to a column: objects would cost several times the memory at 100,000 files. */
export type RowColumn =
  | 'folder'
  /** When it came into the list, ms since epoch. */
  | 'listedAt'
  /** ms since epoch; 0 until known. */
  | 'savedAt'
  /** -1 until known. */
  | 'byteCount'
  /** Pixels; 0 until known. */
  | 'width'
  | 'height'
  /** Of the header that was read; 0 where it has none, or was not read. */
  | 'metadataByteCount'
  /** -1 when unknown. */
  | 'seed'
  /** 0 when not ours. */
  | 'generationId'
  | 'durationMs'
  /** 1 once its header was read. */
  | 'isRead';

type Column = Float64Array | Float32Array | Uint32Array | Uint16Array | Uint8Array;

/**
 * Rows in the order in which they came, each with an id that only grows; so a row's place is found by halving. Removed rows stay as
 * gaps until `compact`.
 */
export type RowTable = {
  /** Rows and gaps. */
  readonly length: number;
  readonly gapCount: number;
  push(name: string, folder: number): number;
  /** The slot of an id, or of the next higher one where it is gone. */
  slotOf(id: number): number;
  has(id: number): boolean;
  idAt(slot: number): number;
  nameAt(slot: number): string;
  get(column: RowColumn, slot: number): number;
  set(column: RowColumn, slot: number, value: number): void;
  isGap(slot: number): boolean;
  remove(slot: number): void;
  compact(): void;
};

/** Makes an empty table. */
export function createRowTable(): RowTable {
  let capacity = 1024;
  let length = 0;
  let gapCount = 0;
  let nextId = 1;
  let names: (string | null)[] = [];
  let ids = new Float64Array(capacity);
  const columns: Record<RowColumn, Column> = {
    folder: new Uint16Array(capacity),
    listedAt: new Float64Array(capacity),
    savedAt: new Float64Array(capacity),
    byteCount: new Float64Array(capacity),
    width: new Uint32Array(capacity),
    height: new Uint32Array(capacity),
    metadataByteCount: new Uint32Array(capacity),
    seed: new Float64Array(capacity),
    generationId: new Uint32Array(capacity),
    durationMs: new Float32Array(capacity),
    isRead: new Uint8Array(capacity),
  };
  const columnNames = Object.keys(columns) as RowColumn[];

  function grow(): void {
    capacity = Math.ceil(capacity * 1.5);
    const wider = new Float64Array(capacity);
    wider.set(ids);
    ids = wider;
    for (const column of columnNames) columns[column] = widened(columns[column], capacity);
  }

  function slotOf(id: number): number {
    let low = 0;
    let high = length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((ids[middle] ?? 0) < id) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  return {
    get length() {
      return length;
    },
    get gapCount() {
      return gapCount;
    },
    push(name, folder) {
      if (length === capacity) grow();
      const slot = length++;
      names[slot] = name;
      ids[slot] = nextId;
      for (const column of columnNames) columns[column][slot] = 0;
      columns.folder[slot] = folder;
      columns.byteCount[slot] = -1;
      columns.seed[slot] = -1;
      return nextId++;
    },
    slotOf,
    has(id) {
      const slot = slotOf(id);
      return slot < length && ids[slot] === id && names[slot] !== null;
    },
    idAt: (slot) => ids[slot] ?? 0,
    nameAt: (slot) => names[slot] ?? '',
    get: (column, slot) => columns[column][slot] ?? 0,
    set(column, slot, value) {
      columns[column][slot] = value;
    },
    isGap: (slot) => names[slot] === null,
    remove(slot) {
      if (names[slot] === null) return;
      names[slot] = null;
      gapCount++;
    },
    compact() {
      if (gapCount === 0) return;
      let target = 0;
      for (let slot = 0; slot < length; slot++) {
        const name = names[slot];
        if (name === null || name === undefined) continue;
        if (target < slot) {
          names[target] = name;
          ids[target] = ids[slot] ?? 0;
          for (const column of columnNames) columns[column][target] = columns[column][slot] ?? 0;
        }
        target++;
      }
      length = target;
      names = names.slice(0, length);
      gapCount = 0;
    },
  };
}

function widened(column: Column, capacity: number): Column {
  const Kind = column.constructor as new (size: number) => Column;
  const wider = new Kind(capacity);
  wider.set(column);
  return wider;
}
