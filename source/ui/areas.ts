import { wrapWidthOf } from './components/text-editor/draw.ts';

/** The smallest terminal that holds every screen. */
export const smallestTerminal = { columns: 60, rows: 16 };

/** Whether a screen can be drawn at all, or only that the terminal is too small. */
export function isTooSmall({ columns, rows }: { readonly columns: number; readonly rows: number }): boolean {
  return columns < smallestTerminal.columns || rows < smallestTerminal.rows;
}

export type Area = { readonly width: number; readonly height: number };

/** What is left for a screen between the header line and the message and footer lines. */
export function bodyArea({ columns, rows }: { readonly columns: number; readonly rows: number }): Area {
  return { width: columns, height: rows - 3 };
}

/** The inside of a bordered panel. */
export function insideOf({ width, height }: Area): Area {
  return { width: width - 4, height: height - 2 };
}

/** A list inside a panel, below its filter line. */
export function listArea(body: Area): Area {
  const inside = insideOf(body);
  return { width: inside.width, height: inside.height - 1 };
}

/** The two prompt editors, one above the other. */
export function promptAreas({ width, height }: Area): {
  readonly prompt: Area;
  readonly negativePrompt: Area;
} {
  const negativeHeight = Math.max(4, Math.floor(height / 3));
  return {
    prompt: { width, height: height - negativeHeight },
    negativePrompt: { width, height: negativeHeight },
  };
}

/** Columns that prompts are wrapped to. */
export function promptWrapWidth(body: Area): number {
  return wrapWidthOf(insideOf(body).width);
}
