import { type ChildProcess, spawn } from 'node:child_process';
import { closeSync, openSync } from 'node:fs';
import { resolve } from 'node:path';
import type { Readable } from 'node:stream';
import { createLineReader } from '../connection/line-reader.ts';
import type { RunnerStart } from '../connection/runner-start.ts';
import { readStartReport, type StartReport } from '../connection/start-report.ts';
import { cleanText } from '../presentation/clean-text.ts';
import { codeOf } from './error-code.ts';
import { lastWords } from './last-words.ts';
import { sizeOf } from './read-end.ts';

/** How long the process may take to answer, ms: a slow disk, a cold cache and a ledger to check included. */
const defaultPatienceMs = 30_000;

/** Far longer than a report can be, bytes. */
const reportLimit = 65_536;

export type RunnerProcessOptions = {
  /** The program's own file. */
  readonly program: string;
  readonly profile: string;
  readonly start: RunnerStart;
  /** Where its output goes; the directory exists. */
  readonly logPath: string;
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** 30 s when not given. */
  readonly patienceMs?: number;
};

export type RunnerProcessOutcome =
  | { readonly ok: true; readonly pid: number }
  /** `reason` is a sentence; `kind` is the runner's own word for it, or how it failed to speak. */
  | { readonly ok: false; readonly kind: string; readonly reason: string };

/**
 * Starts `sdloop runner` in a session of its own, which no terminal's end reaches, and resolves once it answers at its socket or with why
 * it does not. It stays in `/`, so that it pins no directory that a person wants to delete or unmount. This process may end at any time.
 */
export async function startRunnerProcess(options: RunnerProcessOptions): Promise<RunnerProcessOutcome> {
  const { logPath, patienceMs = defaultPatienceMs } = options;
  let log: number;
  try {
    log = openSync(logPath, 'a', 0o600);
  } catch (error) {
    const reason = `The runner's log ${logPath} cannot be written (${codeOf(error)}): make room or rights there.`;
    return { ok: false, kind: 'log-unwritable', reason };
  }
  const logStart = sizeOf(logPath);
  const child = spawnRunner(options, log);
  closeSync(log);
  try {
    const report = await firstOf(child, patienceMs);
    if (report === 'late') child.kill('SIGKILL');
    return outcomeOf(report, child, { logPath, patienceMs, words: lastWords(logPath, logStart) });
  } finally {
    letGo(child);
  }
}

function spawnRunner(
  { program, profile, start, environment }: RunnerProcessOptions,
  log: number,
): ChildProcess {
  const args = [...process.execArgv, resolve(program), 'runner', '--profile', profile];
  const child = spawn(process.execPath, args, {
    cwd: '/',
    detached: true,
    stdio: ['pipe', log, log, 'pipe'],
    // Everything that they decide stands in the start already, and one of them is a password.
    env: Object.fromEntries(Object.entries(environment).filter(([name]) => !name.startsWith('SDLOOP_'))),
  });
  // One that has ended takes no input; how it ended says enough.
  child.stdin?.on('error', () => {});
  child.stdin?.end(JSON.stringify(start));
  return child;
}

/** The report, `ended` when the process ended without one, or `late`. */
function firstOf(child: ChildProcess, patienceMs: number): Promise<StartReport | Error | 'ended' | 'late'> {
  const { promise, resolve: settle } = Promise.withResolvers<StartReport | Error | 'ended' | 'late'>();
  const timer = setTimeout(() => settle('late'), patienceMs);
  const reader = createLineReader(reportLimit);
  const pipe = reportPipe(child);
  pipe?.on('data', (bytes: Buffer) => {
    const [line] = reader.push(bytes).lines;
    const report = line ? readStartReport(line) : null;
    if (report) settle(report);
  });
  child.once('error', settle);
  // Its report may still be in the pipe when the process has ended; a child of its own may keep the pipe open.
  child.once('exit', () => setImmediate(() => setImmediate(() => settle('ended'))));
  pipe?.once('end', () => child.exitCode !== null && settle('ended'));
  return promise.finally(() => clearTimeout(timer));
}

function outcomeOf(
  report: StartReport | Error | 'ended' | 'late',
  { pid = 0 }: ChildProcess,
  { logPath, patienceMs, words }: { logPath: string; patienceMs: number; words: string },
): RunnerProcessOutcome {
  if (report === 'late') {
    const reason = `The runner did not answer within ${Math.ceil(patienceMs / 1000)} s and was ended: see ${logPath}.`;
    return { ok: false, kind: 'late', reason };
  }
  if (report === 'ended') {
    const last = words === '' ? 'it left no word' : words;
    return {
      ok: false,
      kind: 'ended',
      reason: `The runner ended before it answered: ${last}. See ${logPath}.`,
    };
  }
  if (report instanceof Error) {
    const reason = `The runner's process could not be started (${codeOf(report)}): see whether the system has processes and memory left.`;
    return { ok: false, kind: 'not-started', reason };
  }
  if ('ready' in report) return { ok: true, pid };
  return { ok: false, kind: report.kind, reason: cleanText(report.failed) };
}

/** Nothing here may keep this process, or end with it. */
function letGo(child: ChildProcess): void {
  child.removeAllListeners();
  child.on('error', () => {});
  child.stdin?.destroy();
  reportPipe(child)?.destroy();
  child.unref();
}

function reportPipe(child: ChildProcess): Readable | null {
  const pipe = child.stdio[3];
  return pipe && 'read' in pipe ? pipe : null;
}
