import { PassThrough, Writable } from 'node:stream';
import type { ReadStream, WriteStream } from 'node:tty';
import { onTestFinished } from 'vitest';
import type { RunnerConnection } from '../../source/connection/runner-connection.ts';
import type { Command } from '../../source/engine/command.ts';
import type { Plan } from '../../source/plan/plan.ts';
import type { RunnerLink } from '../../source/presentation/runner-link.ts';
import type { FilesRequest, Snapshot } from '../../source/presentation/snapshot.ts';
import type { InitialScreen } from '../../source/ui/screen-state.ts';
import { emptyBase } from '../../source/ui/setup/setup-state.ts';
import { type ScreenEnd, showScreen } from '../../source/ui/show-screen.ts';
import { makeTerminalScreen, type TerminalScreen } from '../helpers/terminal-screen.ts';
import { waitFor } from '../helpers/wait-for.ts';
import { exampleSnapshot } from './monitor/example-snapshot.ts';

/** The whole screen on an emulated terminal, with a loop that only tells and is told. */
export type OpenScreen = {
  readonly terminal: TerminalScreen;
  readonly commands: readonly Command[];
  readonly requests: readonly FilesRequest[];
  readonly plans: readonly Plan[];
  /** Each write that the terminal has drawn, as it was. */
  readonly writes: readonly string[];
  readonly end: Promise<ScreenEnd>;
  /** Sends bytes as a terminal does for keys. */
  type(bytes: string): void;
  see(snapshot: Partial<Snapshot>): void;
  /** The link to the runner becomes another, and the snapshot with it. */
  link(link: RunnerLink, snapshot?: Partial<Snapshot>): void;
  /** How often a runner was asked to be started. */
  restartCount(): number;
  resize(columns: number, rows: number): void;
  /** Keeps the terminal from taking anything until the returned function is called. */
  freeze(): () => void;
  /** Waits until keys are read, which is a moment after the first frame. */
  isReading(): Promise<void>;
  /** Waits until a line holds the text or matches. */
  sees(what: string | RegExp): Promise<void>;
};

export type OpenScreenOptions = {
  readonly columns?: number;
  readonly rows?: number;
  readonly snapshot?: Partial<Snapshot>;
  readonly link?: RunnerLink;
  readonly initial?: Partial<InitialScreen>;
  readonly hasUnicode?: boolean;
  readonly environment?: Readonly<Record<string, string>>;
  /** Why what was started cannot be kept. */
  readonly saveTrouble?: string;
};

export function openScreen(options: OpenScreenOptions = {}): OpenScreen {
  const { columns = 80, rows = 24 } = options;
  const terminal = makeTerminalScreen(columns, rows);
  const writes: string[] = [];
  const commands: Command[] = [];
  const requests: FilesRequest[] = [];
  const plans: Plan[] = [];
  const listeners = new Set<() => void>();
  let snapshot = exampleSnapshot(options.snapshot);
  let link: RunnerLink = options.link ?? { kind: 'live' };
  let restartCount = 0;
  let thaw: Promise<void> = Promise.resolve();

  const stdout = Object.assign(
    new Writable({
      decodeStrings: false,
      write(chunk: string, _, done) {
        void thaw.then(() => {
          // As the line discipline of a terminal does (ONLCR).
          terminal.write(Buffer.from(chunk.replaceAll('\n', '\r\n')), () => {
            writes.push(chunk);
            done();
          });
        });
      },
    }),
    { isTTY: true, columns, rows },
  );
  const stdin = Object.assign(new PassThrough(), {
    isTTY: true,
    setRawMode: () => stdin,
    ref: () => stdin,
    unref: () => stdin,
  });
  const connection: RunnerConnection = {
    send: (command) => void commands.push(command),
    view: (request) => void requests.push(request),
    getSnapshot: () => snapshot,
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    connect: () => undefined,
    getLink: () => link,
    setPreviewWanted: () => undefined,
    getPreview: () => null,
    restart: () => void restartCount++,
    close: () => undefined,
  };
  const end = showScreen({
    connection,
    abilities: { hasColour: true, hasUnicode: options.hasUnicode ?? true },
    initial: {
      lastUsed: null,
      given: emptyBase,
      promptHistory: [],
      startAtOnce: null,
      auth: null,
      ...options.initial,
    },
    onPlanStarted: async (plan) => {
      plans.push(plan);
      return options.saveTrouble ?? null;
    },
    stdin: stdin as unknown as ReadStream,
    stdout: stdout as unknown as WriteStream,
    environment: options.environment ?? {},
  });
  function see(change: Partial<Snapshot>): void {
    snapshot = { ...snapshot, ...change };
    for (const listener of listeners) listener();
  }
  onTestFinished(async () => {
    stdin.write('\u0003\u0003');
    await end;
    terminal.dispose();
  });
  return {
    terminal,
    commands,
    requests,
    plans,
    writes,
    end,
    type: (bytes) => void stdin.write(bytes),
    see,
    link(next, change = {}) {
      link = next;
      see(change);
    },
    restartCount: () => restartCount,
    resize(newColumns, newRows) {
      terminal.resize(newColumns, newRows);
      Object.assign(stdout, { columns: newColumns, rows: newRows });
      stdout.emit('resize');
    },
    freeze() {
      const { promise, resolve } = Promise.withResolvers<void>();
      thaw = promise;
      return resolve;
    },
    async isReading() {
      await waitFor(() => terminal.modes().isBracketedPaste);
    },
    async sees(what) {
      const isSeen = () =>
        terminal.lines().some((line) => (typeof what === 'string' ? line.includes(what) : what.test(line)));
      await waitFor(isSeen).catch((cause) => {
        throw new Error(`${what} is not on the screen:\n${terminal.lines().join('\n')}`, { cause });
      });
    },
  };
}
