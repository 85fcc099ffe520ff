import type { WriteStream } from 'node:tty';
import type { PictureMaker } from '../../pictures/make-picture.ts';
import type { PictureLayer, PlacedPicture } from '../../pictures/picture-layer.ts';
import type { PictureChoice, PictureTerminal } from '../../pictures/picture-protocol.ts';

export type ScreenPicturesOptions = {
  readonly choice: PictureChoice;
  /** Where pictures that were made are kept; null keeps none. */
  readonly cacheDirectory: string | null;
  readonly stdin: NodeJS.ReadStream;
  readonly stdout: WriteStream;
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** The terminal is known and pictures can be drawn: everything has to be written again, through `stdout` below. */
  readonly onReady: () => void;
};

/** The pictures of one screen. Nothing is loaded, asked or followed until the first is wanted, so that a screen without any costs no more. */
export type ScreenPictures = {
  /** What Ink writes to. */
  readonly stdout: WriteStream;
  /** Asks the terminal what it can draw, the first time; resolves to what makes pictures for it. */
  openMaker(): Promise<PictureMaker>;
  place(pictures: readonly PlacedPicture[]): void;
  clear(): void;
};

/** How long the terminal is waited for before half-blocks are drawn, ms: a slow line included. */
const patienceMs = 1500;

export function openScreenPictures(options: ScreenPicturesOptions): ScreenPictures {
  const { stdout } = options;
  let layer: PictureLayer | null = null;
  let wanted: readonly PlacedPicture[] = [];
  let opening: Promise<PictureMaker> | null = null;

  async function open(): Promise<PictureMaker> {
    const [{ createPictureMaker }, { createPictureLayer }] = await Promise.all([
      import('../../pictures/make-picture.ts'),
      import('../../pictures/picture-layer.ts'),
    ]);
    const terminal = await askTerminal();
    const opened = createPictureLayer(stdout, terminal);
    layer = opened;
    opened.place(wanted);
    options.onReady();
    const { cacheDirectory } = options;
    return createPictureMaker({ terminal, cacheDirectory, byteBudget: () => opened.byteBudget() });
  }

  /** Ink reads the keys meanwhile, so that the answers are taken out of what it reads. */
  async function askTerminal(): Promise<PictureTerminal> {
    const { detectPictureTerminal } = await import('../../pictures/detect-picture-terminal.ts');
    const { stdin, environment, choice } = options;
    const late = Promise.withResolvers<PictureTerminal>();
    const asked = { stdin, stdout, environment, choice, patienceMs: 0, onLate: late.resolve };
    const atOnce = await detectPictureTerminal(asked);
    const isAsked =
      choice !== 'off' && choice !== 'blocks' && !/^(?:dumb|linux)$/.test(environment.TERM ?? '');
    if (!isAsked) return atOnce;
    const timer = setTimeout(() => late.resolve(atOnce), patienceMs);
    const known = await late.promise;
    clearTimeout(timer);
    return known;
  }

  const through = new Proxy(stdout, {
    get(target, property) {
      const from = layer?.stdout ?? target;
      if (property === 'write') return from.write.bind(from);
      const value: unknown = Reflect.get(target, property, target);
      return typeof value === 'function' ? value.bind(target) : value;
    },
    set: (target, property, value) => Reflect.set(target, property, value),
  });

  return {
    stdout: through,
    openMaker() {
      opening ??= open();
      return opening;
    },
    place(pictures) {
      wanted = pictures;
      layer?.place(pictures);
    },
    clear() {
      wanted = [];
      layer?.clear();
    },
  };
}
