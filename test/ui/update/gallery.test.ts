import { describe, expect, test } from 'vitest';
import type { ChoosableImage } from '../../../source/presentation/choosing.ts';
import { undecided } from '../../../source/presentation/choosing.ts';
import { emptyGallery, type GalleryData, type GalleryWish } from '../../../source/ui/gallery/gallery-data.ts';
import { examplePlan, exampleWebUi } from '../example-webui.ts';
import { Pressed } from './pressing.ts';

/** 80x24 has three pictures in a row and two rows on a page. */
const page = 6;

const total = 100;

/** The image at an index of the list, of which so many are newer than those of the beginning. */
function imageOf(index: number, newCount = 0): ChoosableImage {
  return {
    path: `/out/${String(total - index + newCount).padStart(5, '0')}-${index - newCount}.png`,
    generation: 1,
    seed: index,
    width: 480,
    height: 264,
    byteCount: 80_000,
    savedAt: 0,
    checkpoint: 'demo-landscape',
    prompt: `prompt ${index}`,
    negativePrompt: '',
    sampler: null,
    scheduler: null,
    steps: 20,
    cfgScale: 7,
    durationMs: 600,
    version: null,
    choice: undecided,
    look: null,
  };
}

/** What a gallery of so many images answers to the newest wish; those beyond the total of the beginning are newer. */
function answerTo(wish: GalleryWish, totalCount = total): GalleryData {
  const { firstIndex, count } = wish.window;
  const images = Array.from({ length: Math.max(0, Math.min(count, totalCount - firstIndex)) }, (_, place) =>
    imageOf(firstIndex + place, Math.max(0, totalCount - total)),
  );
  return { ...emptyGallery, answered: wish, totalCount, firstIndex, images };
}

class Looking {
  readonly pressed = new Pressed({ webUi: exampleWebUi, plan: examplePlan });
  wish: GalleryWish | null = null;
  others: unknown[] = [];

  private totalCount: number;

  constructor(totalCount = total) {
    this.totalCount = totalCount;
    this.press('v');
  }

  press(...chords: readonly string[]): this {
    for (const chord of chords) {
      this.pressed.press(chord);
      this.follow();
    }
    return this;
  }

  type(text: string): this {
    return this.press(...Array.from(text, (character) => (character === ' ' ? 'space' : character)));
  }

  /** The list becomes longer or shorter. */
  become(totalCount: number): this {
    this.totalCount = totalCount;
    if (this.wish) this.pressed.seeGallery(answerTo(this.wish, totalCount));
    this.follow();
    return this;
  }

  /** The selected picture's file was read. */
  seeInfotext(infotext: string): this {
    if (this.wish === null) throw new Error('The gallery has asked for nothing.');
    const { path } = imageOf(this.gallery.selected);
    this.pressed.seeGallery({
      ...answerTo(this.wish, this.totalCount),
      infotexts: new Map([[path, infotext]]),
    });
    return this;
  }

  get gallery() {
    const { screen } = this.pressed.state;
    if (screen.kind !== 'gallery') throw new Error(`The screen is ${screen.kind}.`);
    return screen.gallery;
  }

  /** Answers wishes until there is no new one. */
  private follow(): void {
    for (;;) {
      const wishes = this.pressed.wishes();
      this.others.push(...wishes.filter(({ type }) => type !== 'gallery-wish'));
      const last = wishes.findLast((effect) => effect.type === 'gallery-wish');
      if (last?.type !== 'gallery-wish' || JSON.stringify(last.wish) === JSON.stringify(this.wish)) return;
      this.wish = last.wish;
      this.pressed.seeGallery(answerTo(last.wish, this.totalCount));
    }
  }

  take(): unknown[] {
    const { others } = this;
    this.others = [];
    return others;
  }
}

describe('moving', () => {
  test('by pictures, rows and pages, never out of the list', () => {
    const looking = new Looking();
    const selected = () => looking.gallery.selected;
    expect(selected()).toBe(0);
    looking.press('up', 'left');
    expect(selected()).toBe(0);
    looking.press('l', 'j');
    expect(selected()).toBe(4);
    looking.press('pagedown');
    expect(selected()).toBe(4 + page);
    looking.press('G');
    expect(selected()).toBe(total - 1);
    looking.press('down', 'right', 'pagedown');
    expect(selected()).toBe(total - 1);
    looking.press('g');
    expect(selected()).toBe(0);
  });

  test('asks for the page with the selected picture, and for it first', () => {
    const looking = new Looking();
    expect(looking.wish).toMatchObject({ window: { firstIndex: 0, count: page }, first: 0 });
    looking.press('pagedown', 'l');
    expect(looking.wish).toMatchObject({ window: { firstIndex: page, count: page }, first: page + 1 });
  });

  test('one picture asks for its neighbours too, and for its infotext', () => {
    const looking = new Looking().press('l', 'l', 'enter');
    expect(looking.wish).toMatchObject({
      window: { firstIndex: 1, count: 3 },
      first: 2,
      isReading: true,
    });
    looking.press('l');
    expect(looking.gallery).toMatchObject({ isSingle: true, selected: 3 });
  });
});

describe("a single picture's text", () => {
  test('moves no further than it goes, and back at the first key', () => {
    const looking = new Looking().press('enter', 'j', 'j', 'j');
    expect(looking.gallery.firstTextRow).toBe(0);
    looking.seeInfotext(Array.from({ length: 60 }, (_, index) => `line ${index}`).join('\n'));
    looking.press('j', 'j');
    expect(looking.gallery.firstTextRow).toBe(2);
    looking.press(...Array.from({ length: 200 }, () => 'j'));
    const end = looking.gallery.firstTextRow;
    expect(end).toBeGreaterThan(10);
    expect(end).toBeLessThan(80);
    expect(looking.press('k').gallery.firstTextRow).toBe(end - 1);
    expect(looking.press('k', 'k').gallery.firstTextRow).toBe(end - 3);
  });
});

describe('a list that changes', () => {
  test('stays with the selected picture as new ones come before it', () => {
    const looking = new Looking().press('l', 'l');
    looking.become(total + 4);
    expect(looking.gallery.selected).toBe(6);
  });

  test('follows the newest until anything is done, and again after g', () => {
    const looking = new Looking().become(total + 4);
    expect(looking.gallery.selected).toBe(0);
    looking.press('l', 'h').become(total + 7);
    expect(looking.gallery.selected).toBe(3);
    looking.press('g').become(total + 9);
    expect(looking.gallery.selected).toBe(0);
  });

  test('the newest stays shown where it is looked at alone, and is what is decided about', () => {
    const looking = new Looking()
      .press('enter')
      .become(total + 1)
      .become(total + 9);
    looking.take();
    looking.press('x');
    const decided = { type: 'gallery-choose', paths: [imageOf(0).path], decision: { kind: 'reject' } };
    expect(looking.take()).toEqual([decided]);
    expect(
      looking
        .press('enter')
        .become(total + 12)
        .press('x')
        .take(),
    ).toEqual([decided]);
    looking
      .press('enter', 'g')
      .become(total + 13)
      .press('5');
    expect(looking.take()).toMatchObject([{ paths: [imageOf(0, 12).path] }]);
  });

  test('a picture that was decided about is still the selected one', () => {
    const looking = new Looking().press('3').become(total + 2);
    looking.take();
    looking.press('4');
    expect(looking.take()).toMatchObject([{ paths: [imageOf(0).path] }]);
  });

  test('one that comes back after a move does not take the selection', () => {
    const looking = new Looking().press('l');
    const shown = answerTo(looking.wish as GalleryWish, total);
    const images = shown.images.filter(({ path }) => path !== imageOf(1).path);
    looking.pressed.seeGallery({ ...shown, totalCount: total - 1, images });
    looking.pressed.press('l');
    looking.pressed.seeGallery(shown);
    expect(looking.gallery).toMatchObject({ selected: 3, selectedPath: imageOf(3).path });
  });

  test('the next picture takes the place of one that left the list', () => {
    const looking = new Looking().press('l', 'enter');
    const shown = answerTo(looking.wish as GalleryWish, total);
    const images = shown.images.filter(({ path }) => path !== imageOf(1).path);
    looking.pressed.seeGallery({ ...shown, totalCount: total - 1, images });
    expect(looking.gallery).toMatchObject({ selected: 1, selectedPath: imageOf(2).path });
    // An undo brings it back.
    looking.pressed.seeGallery(shown);
    expect(looking.gallery).toMatchObject({ selected: 1, selectedPath: imageOf(1).path });
  });

  test('ends where the list ends', () => {
    expect(new Looking().press('G').become(10).gallery.selected).toBe(9);
    expect(new Looking(0).press('l', 'down', 'enter', '5').gallery).toMatchObject({
      selected: 0,
      isSingle: false,
    });
  });
});

describe('choosing', () => {
  test('is about the selected picture', () => {
    const looking = new Looking().press('l');
    looking.take();
    looking.press('4', 'x', '+', '0', 'u');
    const paths = [imageOf(1).path];
    expect(looking.take()).toEqual([
      { type: 'gallery-choose', paths, decision: { kind: 'stars', stars: 4 } },
      { type: 'gallery-choose', paths, decision: { kind: 'reject' } },
      { type: 'gallery-choose', paths, decision: { kind: 'keep' } },
      { type: 'gallery-choose', paths, decision: { kind: 'clear' } },
      { type: 'gallery-undo' },
    ]);
  });

  test('is about all marked ones, wherever they are, and then the marks are gone', () => {
    const looking = new Looking().press('space', 'space', 'pagedown', 'space');
    looking.take();
    expect(looking.gallery.marked.size).toBe(3);
    looking.press('x');
    const paths = [0, 1, 2 + page].map((index) => imageOf(index).path);
    expect(looking.take()).toEqual([{ type: 'gallery-choose', paths, decision: { kind: 'reject' } }]);
    expect(looking.gallery.marked.size).toBe(0);
  });

  test('what came of it is said, once', () => {
    const looking = new Looking();
    const said = { text: 'Kept; u takes it back.', tone: 'info', number: 1 } as const;
    looking.pressed.seeGallery({ ...answerTo(looking.wish as GalleryWish), said });
    expect(looking.pressed.state.note?.text).toBe(said.text);
    looking.press('l');
    expect(looking.pressed.state.note).toBeNull();
  });
});

describe('a filter', () => {
  test('is typed letter by letter, and asks for what it means', () => {
    const looking = new Looking().press('l', '/').type('fog 4*');
    expect(looking.wish?.window.filter).toMatchObject({ prompt: 'fog', minStars: 4 });
    expect(looking.gallery.selected).toBe(0);
    looking.press('enter', 'l', 'x');
    expect(looking.gallery).toMatchObject({ filter: 'fog 4*', isFilterOpen: false, selected: 1 });
    looking.press('escape');
    expect(looking.wish?.window.filter.prompt).toBeNull();
  });

  test('letters that are keys elsewhere are text in it', () => {
    const looking = new Looking().press('/').type('quiet x');
    expect(looking.gallery.filter).toBe('quiet x');
    looking.press('backspace');
    expect(looking.gallery.filter).toBe('quiet ');
  });
});

describe('leaving', () => {
  test('Esc goes back one step at a time, and the place is kept', () => {
    const looking = new Looking().press('l', 'l', 'space', 'enter', 'escape');
    expect(looking.gallery.isSingle).toBe(false);
    looking.press('escape');
    expect(looking.gallery.marked.size).toBe(0);
    looking.take();
    looking.press('escape');
    expect(looking.pressed.state.screen.kind).toBe('monitor');
    expect(looking.take()).toEqual([{ type: 'gallery-rest' }]);
    looking.press('v');
    expect(looking.gallery.selected).toBe(3);
  });
});

test('the seed, the prompt and the path of a picture are copied', () => {
  const looking = new Looking().press('l');
  looking.take();
  looking.press('y', 's', 'y', 'p', 'y', 'f', 'y', 'escape');
  const { path } = imageOf(1);
  expect(looking.take()).toEqual([
    { type: 'copy', text: '1' },
    { type: 'copy', text: 'prompt 1' },
    { type: 'copy', text: path },
  ]);
});

test('what is generated from a picture is asked first', () => {
  const looking = new Looking();
  looking.take();
  looking.press('r', 'escape', 'r', 'v');
  expect(looking.take()).toEqual([{ type: 'gallery-again', image: imageOf(0), how: 'variations' }]);
});
