import { setTimeout as delay } from 'node:timers/promises';
import { spawn } from '@lydell/node-pty';
import { cleanEnvironment } from './clean-environment.ts';
import { endGroup } from './end-group.ts';
import { endRunnersOf } from './end-runners.ts';
import { makeTempDirectory } from './temp-directory.ts';
import { bytesOfKey, type Key } from './terminal-keys.ts';
import { type Cell, makeTerminalScreen, type TerminalModes } from './terminal-screen.ts';

export type TerminalOptions = {
  readonly command: string;
  readonly args?: readonly string[];
  readonly columns?: number;
  readonly rows?: number;
  /** Added to `cleanEnvironment`. */
  readonly env?: Readonly<Record<string, string>>;
  readonly cwd?: string;
  /** HOME and the XDG directories; a temporary one when not given. */
  readonly home?: string;
};

export type Exit = { readonly code: number; readonly signal: number | null };

/** What to wait for: a text or pattern on the screen, or anything about the terminal. */
export type Expected = string | RegExp | ((terminal: Terminal) => boolean);

/** A program in a real pseudo-terminal, seen through a terminal emulator. */
export type Terminal = AsyncDisposable & {
  readonly pid: number;
  readonly home: string;
  /** The lines as a person sees them, without trailing blanks. */
  screen(): string[];
  text(): string;
  cellAt(column: number, row: number): Cell;
  cursor(): { readonly column: number; readonly row: number };
  readonly modes: TerminalModes;
  title(): string;
  /** Bytes that the program has written so far. */
  readonly byteCount: number;
  /** All that the program has written so far, sequences included. */
  written(): string;
  /** Looks again after everything the program writes, and 20 times a second; rejects with the last frame after `timeoutMs`, or once the program has ended without it. */
  waitFor(expected: Expected, options?: { readonly timeoutMs?: number }): Promise<void>;
  press(...keys: Key[]): Promise<void>;
  type(text: string): void;
  /** As a terminal pastes: marked when the program has asked for that, with carriage returns for line ends. */
  paste(text: string): void;
  resize(columns: number, rows: number): void;
  /** Signals the program alone. */
  kill(signal: NodeJS.Signals): void;
  /** Takes the terminal away, as a dropped SSH connection does: the program gets SIGHUP and writes nowhere. */
  hangUp(): void;
  /** Stops reading, so that the program's output backs up, until `unfreeze`. */
  freeze(): void;
  unfreeze(): void;
  readonly exit: Promise<Exit>;
};

/** Longer than the 20 ms that Ink waits before it takes a lone escape for the key and not for the start of a sequence. */
const gapAfterEscapeMs = 50;

/** Starts a program in a pseudo-terminal. Its owner disposes of it, which ends every process of its session. */
export function openTerminal(options: TerminalOptions): Terminal {
  const { columns = 120, rows = 40 } = options;
  const temporary = options.home === undefined ? makeTempDirectory() : null;
  const home = options.home ?? temporary?.path ?? '';
  const screen = makeTerminalScreen(columns, rows);
  const pty = spawn(options.command, [...(options.args ?? [])], {
    name: 'xterm-256color',
    cols: columns,
    rows,
    cwd: options.cwd ?? process.cwd(),
    env: { ...cleanEnvironment(home), ...options.env },
    encoding: null,
  });
  const watchers = new Set<() => void>();
  let byteCount = 0;
  const chunks: Buffer[] = [];
  let exit: Exit | null = null;
  const look = () => {
    if (exit || !screen.modes().isFrameOpen) for (const watcher of watchers) watcher();
  };

  pty.onData((data) => {
    // A Buffer, whatever the type says, because `encoding` is null.
    const bytes = Buffer.from(data);
    byteCount += bytes.length;
    chunks.push(bytes);
    screen.write(bytes, look);
  });
  screen.onAnswer((answer) => pty.write(answer));
  const ended = new Promise<Exit>((resolve) => {
    pty.onExit(({ exitCode, signal }) => {
      // Behind whatever is still to be parsed, so that the last frame is complete.
      screen.write(new Uint8Array(), () => {
        exit = { code: exitCode, signal: signal || null };
        resolve(exit);
        look();
      });
    });
  });

  const terminal: Terminal = {
    pid: pty.pid,
    home,
    screen: () => screen.lines(),
    text: () => screen.lines().join('\n'),
    cellAt: (column, row) => screen.cellAt(column, row),
    cursor: () => screen.cursor(),
    get modes() {
      return screen.modes();
    },
    title: () => screen.title(),
    get byteCount() {
      return byteCount;
    },
    written: () => Buffer.concat(chunks).toString('utf8'),
    waitFor(expected, { timeoutMs = 10_000 } = {}) {
      return new Promise((resolve, reject) => {
        const settle = (outcome: () => void) => {
          clearTimeout(timer);
          clearInterval(ticker);
          watchers.delete(watcher);
          outcome();
        };
        const fail = (why: string) =>
          settle(() => reject(new Error(`${why} ${wording(expected)}\n${frame(terminal)}`)));
        const watcher = () => {
          if (matches(terminal, expected)) settle(resolve);
          else if (exit) fail(`The program ended (code ${exit.code}, signal ${exit.signal}) without`);
        };
        const timer = setTimeout(() => fail(`Waited ${timeoutMs} ms in vain for`), timeoutMs);
        // For what is not written: the state of a process, a file on disk.
        const ticker = setInterval(look, 50);
        watchers.add(watcher);
        look();
      });
    },
    async press(...keys) {
      for (const key of keys) {
        pty.write(bytesOfKey(key));
        if (key === 'escape') await delay(gapAfterEscapeMs);
      }
    },
    type: (text) => pty.write(text),
    paste(text) {
      const typed = text.replaceAll('\n', '\r');
      pty.write(screen.modes().isBracketedPaste ? `\u001b[200~${typed}\u001b[201~` : typed);
    },
    resize(newColumns, newRows) {
      screen.resize(newColumns, newRows);
      pty.resize(newColumns, newRows);
    },
    kill: (signal) => pty.kill(signal),
    hangUp() {
      if (!('destroy' in pty) || typeof pty.destroy !== 'function')
        throw new Error('node-pty cannot hang up.');
      pty.destroy();
    },
    freeze: () => pty.pause(),
    unfreeze: () => pty.resume(),
    exit: ended,
    async [Symbol.asyncDispose]() {
      pty.resume();
      // The child leads a session and group of its own, so this reaches what it started as well.
      endGroup(pty.pid);
      await ended;
      screen.dispose();
      if (temporary) endRunnersOf(home);
      temporary?.[Symbol.dispose]();
    },
  };
  return terminal;
}

function matches(terminal: Terminal, expected: Expected): boolean {
  if (typeof expected === 'string') return terminal.text().includes(expected);
  return expected instanceof RegExp ? expected.test(terminal.text()) : expected(terminal);
}

function wording(expected: Expected): string {
  return typeof expected === 'string' ? JSON.stringify(expected) : String(expected);
}

function frame(terminal: Terminal): string {
  const lines = terminal.text().trimEnd().split('\n');
  const edge = '─'.repeat(Math.max(20, ...lines.map((line) => line.length)));
  return [`The screen was (title ${JSON.stringify(terminal.title())}):`, edge, ...lines, edge].join('\n');
}
