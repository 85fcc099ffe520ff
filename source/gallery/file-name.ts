/** Written beside an image before it gets its name: `.sdloop-<something unique>.part`. */
export const temporaryName = /^\.sdloop-[\da-f-]+\.part$/;

/**
 * Whether a name is never listed: hidden files (our own temporary ones too), A1111's `.tmp` before it renames, and the `.txt`
 * with the infotext that `save_txt` writes beside an image (webui-api.md 9.3, 9.4).
 */
export function isUnlisted(name: string): boolean {
  return name.startsWith('.') || /\.(?:tmp|txt|part)$/i.test(name);
}

/** The number that A1111 counts on from: the integer before the first `-`, of any file (webui-api.md 9.2); null when there is none. */
export function numberIn(name: string): number | null {
  const match = /^(\d{1,15})(?=[-.]|$)/.exec(name);
  return match ? Number(match[1]) : null;
}

/** Whether a name starts as A1111 numbers its files; a bare seed (`1296436483.png`) does not count as a number. */
export function isNumbered(name: string): boolean {
  return /^\d{5,7}-/.test(name);
}

/** The seed in `NNNNN-SEED.png`, `NNNNN-SEED-words.png`, `SEED-words.png` or `SEED.png`; null when the name shows none. */
export function seedIn(name: string): number | null {
  const match = /^(?:\d+-(\d{1,10})|(\d{6,10}))(?=[-.])/.exec(name);
  return match ? Number(match[1] ?? match[2]) : null;
}

/** Whether a name is that of a sheet with all images of a generation (webui-api.md 9.2). */
export function isGrid(name: string): boolean {
  return /^grid-\d/i.test(name);
}

/** Whether a name is that of a by-product with the same seed as the image itself (webui-api.md 9.2). */
export function isVariant(name: string): boolean {
  return /-(?:before-(?:highres-fix|face-restoration|color-correction)|mask|mask-composite)\.\w+$/i.test(
    name,
  );
}

/** For a `.jpg`, the PNG of which `export_for_4chan` would have made it (webui-api.md 9.3); null for other names. */
export function twinOf(name: string): string | null {
  return /\.jpg$/i.test(name) ? `${name.slice(0, -4)}.png` : null;
}

/** Whether the name promises an image whose end can be checked. */
export function looksLikeImage(name: string): boolean {
  return /\.(?:png|jpe?g|webp)$/i.test(name);
}

/** The name of the dated folder for a moment, in local time: `2026-11-22` (webui-api.md 9.1). */
export function datedFolder(at: number, dayOffset = 0): string {
  const date = new Date(at);
  // From noon, so that no change of clocks moves the day.
  const day = new Date(date.getFullYear(), date.getMonth(), date.getDate() + dayOffset, 12);
  const pad = (value: number, length: number) => String(value).padStart(length, '0');
  return `${pad(day.getFullYear(), 4)}-${pad(day.getMonth() + 1, 2)}-${pad(day.getDate(), 2)}`;
}
