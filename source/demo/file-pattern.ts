import { dayOf } from './local-time.ts';

/** What the parts of a name pattern stand for. */
export type PatternParts = {
  readonly seed: number;
  readonly prompt: string;
  readonly width: number;
  readonly height: number;
  readonly steps: number;
  readonly sampler: string;
  readonly modelName: string;
  readonly savedAt: number;
  /** Counted by the server, where it does. */
  readonly seq?: number;
};

/** Fills in `[seed]`, `[date]` and their like, and makes the result fit for a file name (webui-api.md 9.2). */
export function fillPattern(pattern: string, parts: PatternParts): string {
  const meanings: Readonly<Record<string, string>> = {
    seed: String(parts.seed),
    date: dayOf(parts.savedAt),
    prompt: parts.prompt,
    prompt_spaces: parts.prompt,
    width: String(parts.width),
    height: String(parts.height),
    steps: String(parts.steps),
    sampler: parts.sampler,
    model_name: parts.modelName,
    ...(parts.seq === undefined ? {} : { seq: String(parts.seq).padStart(5, '0') }),
  };
  const filled = pattern.replace(/\[([a-z_]+)\]/g, (whole, name: string) =>
    sanitise(meanings[name] ?? whole),
  );
  return filled.slice(0, 128);
}

function sanitise(part: string): string {
  return part.replace(/[#<>:"/\\|?*\n\r\t\u0000-\u001f]/g, '_').replace(/^[ .]+|[ .]+$/g, '');
}
