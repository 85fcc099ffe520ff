import type { NoPicture, Picture, PictureMaker } from '../../pictures/make-picture.ts';
import type { ChoosableImage, Chooser, Decision, Trouble } from '../../presentation/choosing.ts';
import { type Deed, describeChosen, describeUndone } from './describe-deed.ts';
import {
  type AgainKind,
  emptyGallery,
  type GalleryData,
  type GalleryPort,
  type GalleryWish,
  type PictureBox,
} from './gallery-data.ts';

/** What the gallery is made of; each is opened when it is first needed. */
export type GalleryParts = {
  openChooser(): Promise<{ readonly ok: true; readonly chooser: Chooser } | Trouble>;
  /** Resolves once it is known what the terminal can draw. */
  openMaker(): Promise<PictureMaker>;
  /** What a WebUI wrote into an image; null where there is none, or no image. */
  readInfotext(path: string): Promise<string | null>;
  /** Has something generated from an image; resolves to what there is to say of it. */
  again(image: ChoosableImage, kind: AgainKind): Promise<Deed>;
};

/** How often it is looked whether somebody changed something: the loop, or another screen, ms. */
const lookEveryMs = 1000;

/** So long after the last wish pictures are looked at that nobody has looked at: whether they are black, or like another, ms. */
const idleAfterMs = 3000;

/** Pictures that are kept in memory: some pages. */
const mostPictures = 160;

/** Holds what the gallery shows: lists images, and has their pictures made, as they are wished for. */
export function createGalleryPort(parts: GalleryParts): GalleryPort {
  const listeners = new Set<() => void>();
  /** The one longest unused first. */
  const made = new Map<string, Picture | NoPicture>();
  const infotexts = new Map<string, string | null>();
  let data: GalleryData = emptyGallery;
  let opening: Promise<Chooser | null> | null = null;
  let chooser: Chooser | null = null;
  let making: Promise<PictureMaker> | null = null;
  let maker: PictureMaker | null = null;
  let wish: GalleryWish | null = null;
  let listedKey = '';
  let listedRevision = -1;
  let isListing = false;
  /** The pictures that are being made, by their keys: a list that only grew does not begin them anew. */
  const begun = new Map<string, AbortController>();
  let timer: NodeJS.Timeout | null = null;
  let idleTimer: NodeJS.Timeout | null = null;
  let lookingAround = new AbortController();
  let saidNumber = 0;
  let isClosed = false;

  function change(next: Partial<GalleryData>): void {
    if (isClosed) return;
    data = { ...data, ...next };
    for (const listener of listeners) listener();
  }

  function say({ text, tone }: Deed): void {
    change({ said: { text, tone, number: ++saidNumber } });
  }

  function open(): Promise<Chooser | null> {
    opening ??= parts.openChooser().then((opened) => {
      if (!opened.ok) {
        change({ trouble: opened.reason });
        opening = null;
        return null;
      }
      if (isClosed) opened.chooser.close();
      else chooser = opened.chooser;
      return chooser;
    });
    return opening;
  }

  /** Lists what the newest wish asks for, again where it was changed meanwhile. */
  async function list(): Promise<void> {
    if (isListing) return;
    isListing = true;
    try {
      const opened = await open();
      while (opened !== null && wish !== null && !isClosed) {
        const asked = wish;
        const key = JSON.stringify(asked.window);
        const revision = opened.revision();
        if (key === listedKey && revision === listedRevision) break;
        const listed = await opened.list(asked.window);
        listedKey = key;
        listedRevision = revision;
        if (!listed.ok) {
          change({ trouble: listed.reason, answered: asked });
          break;
        }
        const { totalCount, firstIndex, images } = listed;
        change({
          trouble: null,
          answered: asked,
          totalCount,
          firstIndex,
          images,
          pictures: picturesOf(images, asked.box),
        });
      }
    } finally {
      isListing = false;
    }
    if (wish !== null) draw(wish);
  }

  function keyOf(image: ChoosableImage, { columns, rows }: PictureBox): string {
    return `${columns}x${rows} ${image.byteCount} ${image.savedAt} ${image.path}`;
  }

  function picturesOf(images: readonly ChoosableImage[], box: PictureBox): GalleryData['pictures'] {
    return new Map(
      images.flatMap((image) => {
        const picture = made.get(keyOf(image, box));
        return picture === undefined ? [] : [[image.path, picture] as const];
      }),
    );
  }

  /** Has the pictures made that the listed part still lacks; what an older wish wanted and this does not is given up. */
  function draw({ box, first, isReading }: GalleryWish): void {
    const { images, firstIndex } = data;
    const wanted = new Set(images.map((image) => keyOf(image, box)));
    for (const [key, run] of begun) if (!wanted.has(key)) run.abort();
    const known = picturesOf(images, box);
    if (
      known.size !== data.pictures.size ||
      [...known].some(([path, picture]) => data.pictures.get(path) !== picture)
    )
      change({ pictures: known });
    const nearestFirst = images
      .map((image, place) => ({ image, distance: Math.abs(firstIndex + place - first) }))
      .sort((one, other) => one.distance - other.distance);
    const selected = nearestFirst[0]?.image;
    if (isReading && selected !== undefined && !infotexts.has(selected.path)) void read(selected);
    for (const { image } of nearestFirst) {
      const key = keyOf(image, box);
      if (!made.has(key) && !begun.has(key)) void make(image, key, box);
    }
  }

  async function read({ path }: ChoosableImage): Promise<void> {
    const text = await parts.readInfotext(path);
    infotexts.set(path, text);
    if (infotexts.size > 32) infotexts.delete(infotexts.keys().next().value ?? '');
    change({ infotexts: new Map(infotexts) });
  }

  async function make(image: ChoosableImage, key: string, box: PictureBox): Promise<void> {
    const run = new AbortController();
    begun.set(key, run);
    try {
      making ??= parts.openMaker();
      maker = await making;
      if (isClosed) return maker.close();
      if (run.signal.aborted) return;
      const picture = await maker.make(image.path, box, run.signal);
      if (run.signal.aborted || isClosed) return;
      remember(key, picture);
      change({ pictures: picturesOf(data.images, box) });
    } finally {
      begun.delete(key);
      // It may be wanted again by now.
      if (run.signal.aborted && wish !== null && !isClosed) draw(wish);
    }
  }

  function remember(key: string, picture: Picture | NoPicture): void {
    made.delete(key);
    made.set(key, picture);
    if (made.size > mostPictures) made.delete(made.keys().next().value ?? '');
  }

  function watch(): void {
    timer ??= setInterval(() => void list(), lookEveryMs);
    timer.unref();
  }

  /** In the time in which a person does nothing; any wish ends it. */
  function lookAroundLater(): void {
    lookingAround.abort();
    lookingAround = new AbortController();
    if (idleTimer !== null) clearTimeout(idleTimer);
    const { signal } = lookingAround;
    idleTimer = setTimeout(() => {
      if (chooser === null || isClosed) return;
      void chooser.look(signal).then(() => {
        if (!signal.aborted) void list();
      });
    }, idleAfterMs);
    idleTimer.unref();
  }

  async function decide(work: (opened: Chooser) => Promise<Deed>): Promise<void> {
    const opened = await open();
    if (opened === null) return say({ text: data.trouble ?? '', tone: 'warning' });
    const deed = await work(opened);
    if (isClosed) return;
    say(deed);
    await list();
  }

  return {
    getData: () => data,
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    wish(next) {
      const before = wish;
      wish = next;
      watch();
      if (before !== null && JSON.stringify(before) === JSON.stringify(next)) return;
      lookAroundLater();
      void list();
    },
    choose: (paths: readonly string[], decision: Decision) =>
      void decide(async (opened) => describeChosen(await opened.choose(paths, decision), decision)),
    undo: () => void decide(async (opened) => describeUndone(await opened.undo())),
    again: (image, kind) => void parts.again(image, kind).then(say),
    rest() {
      wish = null;
      for (const run of begun.values()) run.abort();
      lookingAround.abort();
      if (idleTimer !== null) clearTimeout(idleTimer);
      if (timer !== null) clearInterval(timer);
      timer = null;
    },
    close() {
      this.rest();
      isClosed = true;
      listeners.clear();
      maker?.close();
      chooser?.close();
    },
  };
}
