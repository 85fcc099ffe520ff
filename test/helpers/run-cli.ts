import { spawn } from 'node:child_process';
import { resolve } from 'node:path';
import { cleanEnvironment } from './clean-environment.ts';
import { endGroup } from './end-group.ts';
import { endRunnersOf } from './end-runners.ts';
import { makeTempDirectory } from './temp-directory.ts';

/** The built program; `npm run build` makes it. */
export const cliPath = resolve(import.meta.dirname, '../../dist/cli.js');

export type CliOptions = {
  /** HOME and the XDG directories; a temporary one when not given. */
  readonly home?: string;
  readonly env?: Readonly<Record<string, string>>;
  readonly cwd?: string;
};

export type CliResult = {
  /** Null when a signal ended it. */
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly stdout: string;
  readonly stderr: string;
};

/** `sdloop` without a terminal, while it runs. */
export type CliProcess = AsyncDisposable & {
  readonly pid: number;
  readonly home: string;
  /** Complete lines of standard output so far. */
  lines(): string[];
  /** Resolves to the first line, already there or still to come, that `isWanted`; rejects when the program ends without it. */
  waitForLine(isWanted: (line: string) => boolean): Promise<string>;
  write(text: string): void;
  closeInput(): void;
  kill(signal: NodeJS.Signals): void;
  readonly ended: Promise<CliResult>;
};

/** Starts the built `sdloop` with pipes for its input and outputs. Its owner disposes of it. */
export function startCli(args: readonly string[], options: CliOptions = {}): CliProcess {
  return startProgram(process.execPath, [cliPath, ...args], options);
}

/** Runs the built `sdloop` to its end, with nothing on its input. */
export async function runCli(args: readonly string[], options: CliOptions = {}): Promise<CliResult> {
  await using cli = startCli(args, options);
  cli.closeInput();
  return await cli.ended;
}

/** `startCli` for any program. */
export function startProgram(command: string, args: readonly string[], options: CliOptions = {}): CliProcess {
  const temporary = options.home === undefined ? makeTempDirectory() : null;
  const home = options.home ?? temporary?.path ?? '';
  const child = spawn(command, args, {
    cwd: options.cwd ?? process.cwd(),
    env: { ...cleanEnvironment(home), ...options.env },
    // A group of its own, so that what it starts ends with it.
    detached: true,
  });
  const watchers = new Set<() => void>();
  const look = () => {
    for (const watcher of watchers) watcher();
  };
  let stdout = '';
  let stderr = '';
  child.stdout.setEncoding('utf8').on('data', (chunk: string) => {
    stdout += chunk;
    if (chunk.includes('\n')) look();
  });
  child.stderr.setEncoding('utf8').on('data', (chunk: string) => {
    stderr += chunk;
  });
  // A program that has ended takes no more input; how it ended says enough.
  child.stdin.on('error', () => {});
  let isOver = false;
  const ended = new Promise<CliResult>((resolveEnded, reject) => {
    child.on('error', reject);
    child.on('close', (code, signal) => {
      isOver = true;
      resolveEnded({ code, signal, stdout, stderr });
      look();
    });
  });
  // Whoever started it may not care for its end.
  ended.catch(() => {});
  const lines = () => stdout.split('\n').slice(0, -1);
  const pid = child.pid ?? 0;

  return {
    pid,
    home,
    lines,
    waitForLine: (isWanted) =>
      new Promise((resolveLine, reject) => {
        const watcher = () => {
          const line = lines().find(isWanted);
          if (line === undefined && !isOver) return;
          watchers.delete(watcher);
          if (line !== undefined) resolveLine(line);
          else reject(new Error(`The program ended without the awaited line. It wrote:\n${stdout}${stderr}`));
        };
        watchers.add(watcher);
        watcher();
      }),
    write: (input) => child.stdin.write(input),
    closeInput: () => child.stdin.end(),
    kill: (signal) => child.kill(signal),
    ended,
    async [Symbol.asyncDispose]() {
      if (pid > 0) endGroup(pid);
      await ended.catch(() => {});
      if (temporary) endRunnersOf(home);
      temporary?.[Symbol.dispose]();
    },
  };
}
