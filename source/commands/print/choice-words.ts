import type { Undone } from '../../presentation/choosing.ts';
import { formatCounted } from '../../presentation/numbers.ts';
import { jsonLine } from './json-line.ts';

type Decided = NonNullable<Extract<Undone, { ok: true }>['decision']>;

/** What became of so many images: `3 images kept with 4 stars.` `undo` is how to take it back, where that is to be said. */
export function decisionWords(decision: Decided, count: number, undo: string | null = null): string {
  const images = formatCounted(count, 'image');
  switch (decision.kind) {
    case 'keep':
      return `${images} kept.`;
    case 'stars':
      return `${images} kept with ${formatCounted(decision.stars, 'star')}.`;
    case 'reject':
      return undo === null
        ? `${images} rejected.`
        : `${images} rejected, into .sdloop-trash beside the others; \`${undo}\` takes it back.`;
    case 'clear':
      return `${images} undecided again.`;
    case 'restore':
      return `${images} restored.`;
  }
}

/** The `--json` object of a decision. */
export function choiceEvent(fields: Readonly<Record<string, unknown>>, at: number): string {
  const { choice, ...others } = fields;
  return jsonLine({ type: 'choice', at, ...others, ...(typeof choice === 'object' ? choice : {}) });
}
