import type { WriteStream } from 'node:tty';
import { openTerminalSink } from './terminal-sink.ts';

/** A terminal as Ink is to see it. */
export type ScreenOutput = {
  readonly stream: WriteStream;
  /** Puts up a frame on the alternate screen before Ink is there; Ink's own first frame then takes its place. */
  showFirst(frame: string): void;
  /** Ink's first frame, which comes next and fills the terminal, would show what is up already: it is not sent. */
  keepFirst(): void;
  /** Size as last told to Ink. */
  size(): { readonly columns: number; readonly rows: number };
  /** Whether the terminal has not yet taken what was written: drawing on would only pile up. */
  isBusy(): boolean;
  /** Writes out what waits, and resolves when the terminal has taken it. */
  flush(): Promise<void>;
  /** Writes out what waits; resolves to false when the terminal is frozen and has not taken it within `patienceMs`. */
  close(): Promise<boolean>;
};

export type ScreenOutputOptions = {
  /** tmux 3.7 redraws its whole pane for each synchronised frame (tmux PR 5612): there the marks are left out. */
  readonly isTmux: boolean;
  /** Comes before Ink hears of it, so that Ink's answer is already drawn for the new size. */
  readonly onResize: () => void;
  /** The terminal has taken everything. */
  readonly onIdle: () => void;
};

const beginFrame = '\u001b[?2026h';
const endFrame = '\u001b[?2026l';

const enterAlternateScreen = '\u001b[?1049h';
const leaveAlternateScreen = '\u001b[?1049l';
const hideCursor = '\u001b[?25l';
const showCursor = '\u001b[?25h';
const home = '\u001b[H';
const eraseDown = '\u001b[J';

/** How long the end of the program waits for a terminal that takes nothing. */
const patienceMs = 1000;

/** Puts everything that Ink writes for one frame into one write, so that a slow line never shows half of it. */
export function createScreenOutput(target: WriteStream, options: ScreenOutputOptions): ScreenOutput {
  const sink = openTerminalSink(target);
  const resizeListeners = new Set<() => void>();
  let waiting = '';
  let callbacks: (() => void)[] = [];
  let isScheduled = false;
  let isWriting = false;
  let size = currentSize();
  /** What is up before Ink has drawn, and what Ink's first frame is to it; null where nothing is. */
  let first: 'another' | 'the-same' | null = null;

  function currentSize() {
    return { columns: target.columns || 80, rows: target.rows || 24 };
  }

  function write(chunk: string | Uint8Array, ...rest: readonly unknown[]): boolean {
    const text = typeof chunk === 'string' ? chunk : Buffer.from(chunk).toString();
    waiting += afterFirst(text.replaceAll(beginFrame, '').replaceAll(endFrame, ''));
    callbacks.push(...rest.filter((argument): argument is () => void => typeof argument === 'function'));
    if (!isScheduled) {
      isScheduled = true;
      setImmediate(() => {
        isScheduled = false;
        writeOut();
      });
    }
    return true;
  }

  /** What is still to be written of a text when a first frame is up already. */
  function afterFirst(text: string): string {
    if (first === null) return text;
    if (text === enterAlternateScreen || text === hideCursor) return '';
    // Titles and modes have one line.
    if (!text.includes('\n')) return text;
    const isUp = first === 'the-same';
    first = null;
    return isUp ? '' : home + eraseDown + text;
  }

  function takeFrame(): string {
    const frame = waiting;
    waiting = '';
    return options.isTmux || frame === '' ? frame : beginFrame + frame + endFrame;
  }

  /** One write at a time, so that frames keep their order. */
  function writeOut(): void {
    if (isWriting) return;
    const done = callbacks;
    callbacks = [];
    const frame = takeFrame();
    if (frame === '') {
      for (const callback of done) callback();
      return;
    }
    isWriting = true;
    sink.write(frame, () => {
      isWriting = false;
      for (const callback of done) callback();
      if (waiting !== '' || callbacks.length > 0) writeOut();
      else options.onIdle();
    });
  }

  function onTargetResize(): void {
    size = currentSize();
    options.onResize();
    // React commits the new size before the next turn of the event loop; what both write goes out as one frame.
    setImmediate(() => {
      for (const listener of resizeListeners) listener();
    });
  }

  /** Ink restores the terminal while the process exits, after this: from here on nothing may wait. */
  function onExit(): void {
    sink.writeNow(takeFrame());
    stream.write = (chunk: string | Uint8Array) => {
      sink.writeNow(typeof chunk === 'string' ? chunk : Buffer.from(chunk).toString());
      return true;
    };
  }

  function listen(method: 'on' | 'off') {
    return (event: string, listener: () => void): WriteStream => {
      if (event !== 'resize') target[method](event, listener);
      else if (method === 'on') resizeListeners.add(listener);
      else resizeListeners.delete(listener);
      return stream;
    };
  }

  const own = new Map<string | symbol, unknown>([
    ['write', write],
    ['on', listen('on')],
    ['off', listen('off')],
  ]);
  const stream: WriteStream = new Proxy(target, {
    get(_, property) {
      if (property === 'columns' || property === 'rows') return size[property];
      if (own.has(property)) return own.get(property);
      const value: unknown = Reflect.get(target, property, target);
      return typeof value === 'function' ? value.bind(target) : value;
    },
    set(_, property, value) {
      own.set(property, value);
      return true;
    },
  });

  target.on('resize', onTargetResize);
  process.on('exit', onExit);

  function flush(): Promise<void> {
    const { promise, resolve } = Promise.withResolvers<void>();
    write('', () => resolve());
    return promise;
  }

  return {
    stream,
    size: () => size,
    isBusy: () => isWriting,
    flush,
    showFirst(frame) {
      write(enterAlternateScreen + hideCursor + home + frame);
      first = 'another';
    },
    keepFirst() {
      first = 'the-same';
    },
    async close() {
      target.off('resize', onTargetResize);
      if (first !== null) write(leaveAlternateScreen + showCursor);
      const { promise, resolve } = Promise.withResolvers<boolean>();
      const timer = setTimeout(() => resolve(false), patienceMs);
      void flush().then(() => resolve(true));
      const hasTakenAll = await promise;
      clearTimeout(timer);
      if (hasTakenAll) {
        process.off('exit', onExit);
        sink.close();
      }
      return hasTakenAll;
    },
  };
}
