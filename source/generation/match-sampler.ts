import { closeNames } from './close-names.ts';

export type SamplerMatch =
  | { readonly kind: 'found'; readonly sampler: string }
  | {
      readonly kind: 'unknown';
      readonly suggestions: readonly string[];
      /** Set where the name joins a sampler and a scheduler, as before A1111 1.9, and the WebUI has the two apart. */
      readonly split: { readonly sampler: string; readonly scheduler: string } | null;
    };

export type SchedulerMatch =
  | { readonly kind: 'found'; readonly scheduler: string }
  | { readonly kind: 'unknown'; readonly suggestions: readonly string[] };

/**
 * Finds a sampler in the WebUI's list without regard to case. It has to be checked here, because most WebUIs use their first
 * sampler in silence for a name that they do not know (webui-api.md 2.2).
 */
export function matchSampler(
  samplers: readonly string[],
  asked: string,
  schedulers: readonly string[] = [],
): SamplerMatch {
  const sampler = findName(samplers, asked);
  if (sampler !== null) return { kind: 'found', sampler };
  const split = splitJoinedName(samplers, schedulers, asked);
  return { kind: 'unknown', suggestions: closeNames(asked, samplers), split };
}

/** Finds a scheduler by its label (`SGM Uniform`) or wire name (`sgm_uniform`), which differ in case and separators only. */
export function matchScheduler(schedulers: readonly string[], asked: string): SchedulerMatch {
  const scheduler = findName(schedulers, asked);
  if (scheduler !== null) return { kind: 'found', scheduler };
  return { kind: 'unknown', suggestions: closeNames(asked, schedulers) };
}

/** The sampler to begin with where nobody chose one; null where the WebUI names none. */
export function chooseSampler(samplers: readonly string[]): string | null {
  const liked = ['DPM++ 2M', 'Euler a', 'Euler'].map((name) => findName(samplers, name));
  return liked.find((name) => name !== null) ?? samplers[0] ?? null;
}

function findName(names: readonly string[], asked: string): string | null {
  const wanted = asked.trim();
  for (const fold of [(name: string) => name, foldName]) {
    const found = names.find((name) => fold(name) === fold(wanted));
    if (found !== undefined) return found;
  }
  return null;
}

function foldName(name: string): string {
  return name
    .toLowerCase()
    .replace(/[\s_-]+/g, ' ')
    .trim();
}

function splitJoinedName(
  samplers: readonly string[],
  schedulers: readonly string[],
  asked: string,
): { sampler: string; scheduler: string } | null {
  const words = asked.trim().split(/\s+/);
  for (let count = words.length - 1; count >= 1; count--) {
    const sampler = findName(samplers, words.slice(0, count).join(' '));
    const scheduler = findName(schedulers, words.slice(count).join(' '));
    if (sampler !== null && scheduler !== null) return { sampler, scheduler };
  }
  return null;
}
