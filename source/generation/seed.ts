/** The largest seed that every A1111-family WebUI takes and names in a file unchanged: 32 bits, unsigned. */
export const maxSeed = 4_294_967_295;

/** How the seed of each new generation is decided; always by us, so that a lost answer can be recognised. */
export type SeedChoice =
  | { readonly kind: 'random' }
  /** Counts up, image by image, from here. */
  | { readonly kind: 'counting'; readonly from: number }
  /** The same first seed for every generation: for comparing prompts and parameters. */
  | { readonly kind: 'fixed'; readonly seed: number };

/** Reads `random` (or `-1`), `1234` (counts up from there) or `=1234` (the same each time); null when it is none of them. */
export function parseSeedChoice(text: string): SeedChoice | null {
  const trimmed = text.trim().toLowerCase();
  if (trimmed === '' || trimmed === 'random' || trimmed === '-1') return { kind: 'random' };
  const match = /^(=?)(\d{1,10})$/.exec(trimmed);
  if (!match) return null;
  const seed = Number(match[2]);
  if (seed > maxSeed) return null;
  return match[1] === '=' ? { kind: 'fixed', seed } : { kind: 'counting', from: seed };
}

/** The text that `parseSeedChoice` reads back. */
export function formatSeedChoice(choice: SeedChoice): string {
  switch (choice.kind) {
    case 'random':
      return 'random';
    case 'counting':
      return String(choice.from);
    case 'fixed':
      return `=${choice.seed}`;
  }
}
