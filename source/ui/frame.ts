/** A rectangle of finished lines, parted by newlines and all as wide as the block. */
export type Block = {
  /** Unlike its text this never changes. */
  readonly name: string;
  readonly text: string;
};

/** Blocks of one height side by side. */
export type Band = readonly Block[];

/** What the whole terminal shows: bands one below the other. */
export type Frame = {
  readonly bands: readonly Band[];
  /** Where text is typed, from the top left cell; null where none is. */
  readonly cursor: { readonly x: number; readonly y: number } | null;
};

/** The frame as lines, without the blanks at their ends. */
export function frameLines({ bands }: Frame): string[] {
  return bands.flatMap((band) => {
    const columns = band.map(({ text }) => text.split('\n'));
    const first = columns[0] ?? [];
    return first.map((_, row) =>
      columns
        .map((lines) => lines[row] ?? '')
        .join('')
        .trimEnd(),
    );
  });
}
