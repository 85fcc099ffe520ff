import { cleanText } from '../../presentation/clean-text.ts';

/** Keeps a terminal's window title. */
export type TitleWriter = {
  show(title: string): void;
  restore(): void;
};

const saveTitle = '\u001b[22;2t';
const restoreTitle = '\u001b[23;2t';

/** Writes a title only when it changes, and gives the terminal its own back: from its stack, or an empty one where it has no stack. */
export function createTitleWriter(write: (text: string) => void): TitleWriter {
  let shown: string | null = null;
  return {
    show(title) {
      const clean = cleanText(title);
      if (clean === shown) return;
      write(`${shown === null ? saveTitle : ''}${titleSequence(clean)}`);
      shown = clean;
    },
    restore() {
      if (shown !== null) write(titleSequence('') + restoreTitle);
      shown = null;
    },
  };
}

function titleSequence(title: string): string {
  return `\u001b]2;${title}\u0007`;
}
