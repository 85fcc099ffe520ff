import { isEachAlone } from './single-width.ts';

type Piece = Intl.SegmentData;

/**
 * Stands in for `Intl.Segmenter`, in the bundled packages too (rolldown.config.ts): the first real one costs 18 ms for its tables, and the
 * characters that the screen is drawn with are each a grapheme of their own. It is made when other text comes, or words are asked for.
 */
export class LazySegmenter {
  readonly #options: Intl.SegmenterOptions;
  #real: Intl.Segmenter | null = null;

  constructor(_locale?: undefined, options: Intl.SegmenterOptions = {}) {
    this.#options = options;
  }

  segment(text: string): Iterable<Piece> & { containing(index?: number): Piece | undefined } {
    if (this.#options.granularity !== undefined && this.#options.granularity !== 'grapheme')
      return this.#segmenter().segment(text);
    return isEachAlone(text) ? new Characters(text) : this.#segmenter().segment(text);
  }

  #segmenter(): Intl.Segmenter {
    this.#real ??= new Intl.Segmenter(undefined, this.#options);
    return this.#real;
  }
}

/** A text whose characters are its graphemes. */
class Characters {
  readonly #text: string;

  constructor(text: string) {
    this.#text = text;
  }

  *[Symbol.iterator](): Iterator<Piece> {
    const input = this.#text;
    for (let index = 0; index < input.length; index++) yield { segment: input[index] ?? '', index, input };
  }

  containing(index = 0): Piece | undefined {
    const place = Math.trunc(index);
    const segment = this.#text[place];
    return segment === undefined ? undefined : { segment, index: place, input: this.#text };
  }
}
