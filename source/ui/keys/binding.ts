import type { RunnerLink } from '../../presentation/runner-link.ts';
import type { Snapshot } from '../../presentation/snapshot.ts';

/** One thing that keys do in one context; footer and help are made from these, so they cannot say anything else. */
export type Binding<Action extends string = string> = {
  readonly action: Action;
  /** Chords as `readKeys` names them. */
  readonly keys: readonly string[];
  /** The keys as people read them. */
  readonly shown: string;
  /** A word or two for the footer; bindings without it, or while it is empty, are in the help only. */
  readonly label?: string | ((snapshot: Snapshot, link: RunnerLink) => string);
  /** Stays in the footer when there is no room for all. */
  readonly isKept?: boolean;
  /** A sentence without its full stop. */
  readonly help: string;
  /** Why it cannot be done now; null when it can. */
  readonly disabledReason?: (snapshot: Snapshot, link: RunnerLink) => string | null;
};

/** What a chord is bound to; null when it is not. */
export function findBinding<Action extends string>(
  bindings: readonly Binding<Action>[],
  chord: string,
): Binding<Action> | null {
  return bindings.find(({ keys }) => keys.includes(chord)) ?? null;
}

export function labelOf(binding: Binding, snapshot: Snapshot, link: RunnerLink): string {
  const { label = '' } = binding;
  return typeof label === 'string' ? label : label(snapshot, link);
}

/** Key names for terminals without Unicode. */
export function asciiKeys(shown: string): string {
  return shown
    .replaceAll('↑↓', 'up/down')
    .replaceAll('←→', 'left/right')
    .replaceAll('↑', 'up')
    .replaceAll('↓', 'down')
    .replaceAll('↵', 'enter');
}
