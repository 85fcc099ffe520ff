import { setTimeout as after } from 'node:timers/promises';
import type { WriteStream } from 'node:tty';
import type { Instance } from 'ink';
import type { RunnerConnection } from '../connection/runner-connection.ts';
import type { Plan } from '../plan/plan.ts';
import { windowTitle } from '../presentation/window-title.ts';
import type { TerminalControls } from './app.tsx';
import { frameLines } from './frame.ts';
import { createGalleryPort, type GalleryParts } from './gallery/create-gallery-port.ts';
import { openScreenPictures, type ScreenPicturesOptions } from './gallery/open-pictures.ts';
import { placePictures } from './gallery/place-pictures.ts';
import { createFramePainter } from './paint-frame.ts';
import { createPreviewPort } from './preview/create-preview-port.ts';
import type { InitialScreen } from './screen-state.ts';
import { createScreenStore } from './screen-store.ts';
import { createScreenOutput } from './terminal/screen-output.ts';
import { stopProcess } from './terminal/stop-process.ts';
import { createTitleWriter } from './terminal/title-writer.ts';
import { watchEndings } from './terminal/watch-endings.ts';
import { createTheme } from './theme.ts';

/** How long the end waits for Ink once the terminal has taken everything, ms. */
const exitPatienceMs = 1000;

export type GalleryOptions = Omit<GalleryParts, 'openMaker'> &
  Pick<ScreenPicturesOptions, 'choice' | 'cacheDirectory'>;

export type ShowScreenOptions = {
  readonly connection: Omit<RunnerConnection, 'close'>;
  readonly abilities: { readonly hasColour: boolean; readonly hasUnicode: boolean };
  readonly initial: InitialScreen;
  /** A person started or changed a plan: keeps the last used values and the prompt history, or says why it cannot. */
  readonly onPlanStarted: (plan: Plan) => Promise<string | null>;
  /** The first frame is on its way to the terminal: what it did not need may now be loaded. */
  readonly onFirstFrame?: () => void;
  /** What the gallery is made of; without it there is none. */
  readonly gallery?: GalleryOptions;
  /** Another terminal than the process's own, for tests. */
  readonly stdin?: NodeJS.ReadStream;
  readonly stdout?: WriteStream;
  readonly environment?: Readonly<Record<string, string | undefined>>;
};

/** How the screen came to its end; the loop is not touched by it. */
export type ScreenEnd = (
  | { readonly how: 'left' }
  /** SIGINT also stands for a Ctrl-C that was pressed again at the question. */
  | { readonly how: 'signal'; readonly signal: 'SIGTERM' | 'SIGHUP' | 'SIGINT' }
) & {
  /** The terminal takes nothing, so that it could not be given back, and whoever writes to it waits for ever. */
  readonly isTerminalFrozen?: true;
};

/**
 * Shows the screen until the person leaves it or a signal ends it. The terminal is as it was before when the promise settles;
 * it rejects with any error that nobody caught, so that its text is not lost on the alternate screen.
 */
export async function showScreen(options: ShowScreenOptions): Promise<ScreenEnd> {
  const { connection, initial } = options;
  const { promise, resolve, reject } = Promise.withResolvers<ScreenEnd>();
  const environment = options.environment ?? process.env;
  const terminal = options.stdout ?? process.stdout;
  const stdin = options.stdin ?? process.stdin;
  const output = createScreenOutput(terminal, {
    isTmux: Boolean(environment.TMUX),
    onResize: () => store.handle({ type: 'resize' }),
    onIdle: () => store.announce(),
  });
  const title = createTitleWriter((text) => output.stream.write(text));
  let ink: Instance | null = null;
  let controls: TerminalControls | null = null;
  const pictures = openScreenPictures({
    choice: options.gallery?.choice ?? 'off',
    cacheDirectory: options.gallery?.cacheDirectory ?? null,
    stdin,
    stdout: output.stream,
    environment,
    onReady() {
      ink?.clear();
      store.handle({ type: 'gallery' });
    },
  });
  const { openMaker } = pictures;
  const preview = options.gallery ? createPreviewPort({ connection, openMaker }) : null;
  const gallery = options.gallery ? createGalleryPort({ ...options.gallery, openMaker }) : null;

  const store = createScreenStore({
    connection,
    initial,
    gallery,
    preview,
    size: output.size,
    isTerminalBusy: output.isBusy,
    perform(effect) {
      switch (effect.type) {
        case 'remember':
          return remember(effect.plan);
        case 'suspend':
          pictures.clear();
          void controls
            ?.suspend(() => output.flush().then(stopProcess))
            .then(() => store.handle({ type: 'gallery' }))
            .catch(reject);
          return;
        case 'copy':
          // OSC 52, which reaches the clipboard of the machine that the terminal is on.
          output.stream.write(`\u001b]52;c;${Buffer.from(effect.text).toString('base64')}\u0007`);
          return;
        case 'leave':
          return resolve(effect.isByCtrlC ? { how: 'signal', signal: 'SIGINT' } : { how: 'left' });
      }
    },
  });
  function remember(plan: Plan): void {
    options.onPlanStarted(plan).then((text) => {
      if (text !== null) store.handle({ type: 'trouble', text });
    }, reject);
  }
  const showTitle = () => {
    const view = store.getView();
    const { snapshot, link } = view;
    pictures.place(placePictures(view));
    title.show(
      view.state.isGalleryOnly
        ? 'pictures - sdloop'
        : windowTitle(snapshot, link, { isAscii: !options.abilities.hasUnicode }),
    );
  };
  const unsubscribe = store.subscribe(showTitle);
  const unwatch = watchEndings({ onSignal: (signal) => resolve({ how: 'signal', signal }), onError: reject });

  let isClosing = false;
  const paint = createFramePainter(createTheme(options.abilities));
  // Keys that are pressed before Ink is there are to wait for it, and not to be echoed.
  stdin.setRawMode(true);
  const first = frameLines(paint(store.getView())).join('\n');
  output.showFirst(first);
  showTitle();

  async function loadInk(): Promise<void> {
    // A frame that goes out in this turn is not kept waiting by what is loaded after it.
    await new Promise(setImmediate);
    const { renderApp } = await import('./render-app.tsx');
    if (isClosing) return;
    const frame = paint(store.getView());
    const lines = frameLines(frame);
    // A cursor comes with Ink's text, and a frame that does not fill the terminal ends in a line of its own.
    const isPlain = frame.cursor === null && lines.length === output.size().rows;
    if (isPlain && lines.join('\n') === first) output.keepFirst();
    const onReady = (ready: TerminalControls) => (controls = ready);
    ink = renderApp({ store, paint, onReady }, { stdin, stdout: pictures.stdout });
    ink.waitUntilExit().then(() => resolve({ how: 'left' }), reject);
    // The output hands the frame over in the same turn, before this.
    if (options.onFirstFrame) setImmediate(options.onFirstFrame);
  }
  loadInk().catch(reject);

  const close = async () => {
    isClosing = true;
    unsubscribe();
    store.close();
    gallery?.close();
    preview?.close();
    ink?.unmount();
    if (ink === null) stdin.setRawMode(false);
    title.restore();
    const hasTakenAll = await output.close();
    // Ink waits for the terminal without an end, also where it was hung up while the screen was suspended.
    const exit = ink?.waitUntilExit().catch(() => undefined);
    if (hasTakenAll) await Promise.race([exit, after(exitPatienceMs, undefined, { ref: false })]);
    // Last, since a hang-up is often told twice, and the second must not end the process half way through.
    unwatch();
    return hasTakenAll;
  };
  const end = await promise.catch(async (error: unknown) => {
    await close();
    throw error;
  });
  return (await close()) ? end : { ...end, isTerminalFrozen: true };
}
