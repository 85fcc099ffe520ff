import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, openSync } from 'node:fs';
import { join } from 'node:path';
import type { Failure, Result } from '../generation/failure.ts';
import { codeOf } from './error-code.ts';
import { lastWords } from './last-words.ts';
import { maskSecrets } from './mask-secrets.ts';
import { endProcessGroup, markGroup } from './process-group.ts';
import { sizeOf } from './read-end.ts';
import { createRunnerLog } from './runner-log.ts';
import { findStartedWebUi, rememberStartedWebUi, watchStarted } from './started-webui.ts';

/** What a WebUI may take to end when it is asked to, ms; it may be writing an image. */
const endPatienceMs = 10_000;

export type RestartCommandOptions = {
  /** As the person wrote it: for `sh -c`. It may hold secrets, and is told nowhere. */
  readonly command: string;
  /** Where the person was who started the loop, absolute. */
  readonly workingDirectory: string;
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** Where its output and its number are kept; it exists. */
  readonly stateDirectory: string;
  /** Bytes of its log; 1 MB when not given. */
  readonly logLimit?: number;
};

/** A person's command that starts the WebUI: one that stays, or one that has something else start it and returns at once. */
export type RestartCommand = {
  /** Ends what an earlier run left, then runs the command unless `signal` says by then that nobody wants it any more. */
  run(signal: AbortSignal): Promise<Result<null>>;
  /** Calls back whenever what was started here, by this runner or the one before, has ended by itself; the failure says how. */
  follow(listener: (failure: Failure) => void): void;
  /** Why the latest run cannot come to anything: it ended badly. Null while it lives, and where it ended well. */
  whyEnded(): Failure | null;
  /** The last line of the latest run's output, without secrets; empty where there is none. */
  lastWords(): string;
  /** Lets go of it: a WebUI that was started goes on. */
  close(): void;
};

/** Where the output of the WebUI that was started here goes. */
export function webUiLogPath(stateDirectory: string): string {
  return join(stateDirectory, 'webui.log');
}

export function createRestartCommand(options: RestartCommandOptions): RestartCommand {
  const { stateDirectory } = options;
  const logPath = webUiLogPath(stateDirectory);
  const log = createRunnerLog(logPath, options.logLimit);
  let child: ChildProcess | null = null;
  let logStart = 0;
  let tellEnded: (failure: Failure) => void = () => undefined;

  const words = () => maskSecrets(lastWords(logPath, logStart));

  function spawnCommand(): ChildProcess {
    const output = openLog(logPath);
    try {
      return spawn('sh', ['-c', options.command], {
        cwd: options.workingDirectory,
        // A session of its own: no end of a terminal or of the runner reaches it.
        detached: true,
        stdio: ['ignore', output, output],
        // What they decide is sdloop's, and one of them is a password.
        env: Object.fromEntries(
          Object.entries(options.environment).filter(([name]) => !name.startsWith('SDLOOP_')),
        ),
      });
    } finally {
      if (typeof output === 'number') closeSync(output);
    }
  }

  /** How a command that has ended did so, with its last words. */
  function endOf({ exitCode, signalCode }: ChildProcess): string {
    const how = signalCode === null ? `ended with exit code ${exitCode}` : `was ended by ${signalCode}`;
    const last = words();
    return `its command ${how}${last === '' ? '' : `: ${last}`}`;
  }

  // One that a runner before this one started is no child of it, and nothing tells of its end.
  const stopWatching = watchStarted(stateDirectory, () =>
    tellEnded({ kind: 'unreachable', detail: 'its command has ended' }),
  );

  return {
    follow(listener) {
      tellEnded = listener;
    },
    async run(signal) {
      stopWatching();
      const earlier = findStartedWebUi(stateDirectory);
      if (earlier !== null) await endProcessGroup(earlier, endPatienceMs);
      if (signal.aborted) return { ok: false, failure: failure('the loop has ended meanwhile') };
      log.write('sdloop runs the restart command.');
      logStart = sizeOf(logPath);
      const spawned = spawnCommand();
      child = spawned;
      child.unref();
      spawned.once('exit', () => {
        if (child === spawned) tellEnded({ kind: 'unreachable', detail: endOf(spawned) });
      });
      try {
        await once(child, 'spawn');
      } catch (error) {
        child = null;
        return { ok: false, failure: failure(`its shell could not be started (${codeOf(error)})`) };
      }
      if (child.pid !== undefined) rememberStartedWebUi(stateDirectory, markGroup(child.pid));
      return { ok: true, value: null };
    },
    whyEnded() {
      if (child === null || (child.signalCode === null && (child.exitCode ?? 0) === 0)) return null;
      return failure(endOf(child));
    },
    lastWords: words,
    close() {
      stopWatching();
      log.close();
    },
  };
}

/** Without a place for its words the WebUI is started all the same. */
function openLog(path: string): number | 'ignore' {
  try {
    return openSync(path, 'a', 0o600);
  } catch {
    return 'ignore';
  }
}

function failure(detail: string): Failure {
  return { kind: 'restart-failed', detail };
}
