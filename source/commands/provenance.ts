import type { ListedImage } from './list-images.ts';

/** Where a copied image comes from; null for what nobody knows. */
export type Provenance = {
  /** Its name beside the provenance. */
  readonly file: string;
  readonly sha256: string;
  readonly [fact: string]: unknown;
};

/** What is told of a copied image. */
export function provenanceOf(
  image: ListedImage,
  { file, sha256 }: { readonly file: string; readonly sha256: string },
): Provenance {
  const { path, savedAt, durationMs: _, byteCount, choice, ...facts } = image;
  return {
    file,
    sha256,
    bytes: byteCount,
    madeAt: new Date(savedAt).toISOString(),
    from: path,
    stars: choice.stars,
    ...facts,
  };
}

export function provenanceText(entries: readonly Provenance[]): string {
  return `${JSON.stringify({ schema: 'sdloop-provenance/1', images: entries }, null, 2)}\n`;
}

/** The entries of a file that was written before; null where it is something else. */
export function readProvenance(text: string): readonly Provenance[] | null {
  if (text === '[]') return [];
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value !== 'object' || value === null || !('images' in value) || !Array.isArray(value.images))
      return null;
    const { images } = value;
    return images.every((entry) => typeof entry?.file === 'string' && typeof entry.sha256 === 'string')
      ? images
      : null;
  } catch {
    return null;
  }
}
