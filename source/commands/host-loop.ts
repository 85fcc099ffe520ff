import { isDeepStrictEqual } from 'node:util';
import type { RunnerConnection } from '../connection/runner-connection.ts';
import type { RunnerStart } from '../connection/runner-start.ts';
import type { Notice } from '../engine/notice.ts';
import { openLedger } from '../ledger/open-ledger.ts';
import type { Plan } from '../plan/plan.ts';
import { createRestartCommand } from '../runner/restart-command.ts';
import { createRestarter } from '../runner/restarter.ts';
import { startRunner } from '../runner/runner.ts';
import { takeRunnerLock } from '../runner/runner-lock.ts';
import { openRunnerSocket } from '../runner/runner-socket.ts';
import { createScreenServer } from '../runner/screen-server.ts';
import type { Unneeded } from '../runner/still-needed.ts';
import { demoDirectory, runtimeDirectories } from '../settings/directories.ts';
import type { Environment } from '../settings/environment.ts';
import { makeDirectory } from '../settings/make-directory.ts';
import { openSettings } from '../settings/settings-store.ts';
import { createWebUiClient } from '../webui/create-webui-client.ts';
import { type DemoProcess, startDemoProcess } from './demo-process.ts';
import { keepImageDirectory } from './keep-image-directory.ts';
import type { RunnerPlace } from './runner-place.ts';

export type HostOptions = {
  /** Whether the loop's progress is followed here, and not only by screens. */
  readonly isFollowed: boolean;
  readonly place: RunnerPlace;
  readonly environment: Environment;
  readonly start: RunnerStart;
  /** `url` is the WebUI's. */
  readonly onNotice: (notice: Notice, url: string) => void;
  /** Called before any notice where the loop is one that an earlier runner left. */
  readonly onContinued?: () => void;
  /** What the host itself and its ledger meet, as a sentence for the log. */
  readonly tell: (words: string) => void;
};

/** A loop that this process performs for its profile, where screens and commands find it. */
export type LoopHost = {
  readonly connection: RunnerConnection;
  /** Resolves once nobody needs the loop any more. */
  readonly unneeded: Promise<Unneeded>;
  /** The process is to end, and not the loop: the next runner goes on with it. */
  leaveToNext(): void;
  /** Ends what nobody has come to and nobody has planned anything for. */
  judge(): void;
  /**
   * Tells all screens why, and leaves no socket and no process of its own. What is in flight is not waited for: the next runner looks for
   * it.
   */
  close(reason: string): Promise<void>;
};

export type HostOutcome =
  | { readonly ok: true; readonly host: LoopHost }
  /** `reason` is a sentence. */
  | { readonly ok: false; readonly kind: string; readonly reason: string };

/** Makes this process the runner of a profile: the only one, with its ledger, its socket and, for the demo, its WebUI. */
export async function hostLoop(options: HostOptions): Promise<HostOutcome> {
  const { place, environment, start } = options;
  const startedAt = Date.now();
  try {
    makeDirectory(place.stateDirectory, 0o700);
  } catch (error) {
    const words = error instanceof Error ? error.message : String(error);
    const reason = `The state directory ${place.stateDirectory} cannot be made (${words}): set XDG_STATE_HOME to one that you may write to.`;
    return { ok: false, kind: 'state-unwritable', reason };
  }
  const locking = takeRunnerLock(place.stateDirectory);
  if (!locking.ok) return locking;
  const demo = start.isDemo ? await startDemo(environment, start.demoFamily) : null;
  if (demo !== null && 'reason' in demo) {
    locking.lock.release();
    return { ok: false, kind: 'start', reason: demo.reason };
  }
  const command =
    start.restart.command === null
      ? null
      : createRestartCommand({
          command: start.restart.command,
          workingDirectory: start.workingDirectory,
          environment,
          stateDirectory: place.stateDirectory,
        });
  const ledger = openLedger({ directory: place.stateDirectory });
  const unneeded = Promise.withResolvers<Unneeded>();
  const runner = keepImageDirectory(
    startRunner({
      address: demo === null ? start.address : { url: demo.url, auth: null },
      createClient: createWebUiClient,
      saving: { ...start.saving, workingDirectory: start.workingDirectory },
      isDemo: start.isDemo,
      ledger,
      minFreeBytes: start.minFreeBytes,
      policy: start.policy,
      resumesAfterCrash: start.resumesAfterCrash,
      isFollowed: options.isFollowed,
      restarter: command && createRestarter(command, start.restart),
      startPatience: { patienceMs: start.restart.patienceMs },
      restartWhenRamShare: start.restart.whenRamShare,
      onNotice: options.onNotice,
      onRemark: options.tell,
      onUnneeded: unneeded.resolve,
    }),
    openSettings(environment),
  );
  if (runner.isContinued) options.onContinued?.();
  const server = createScreenServer({ runner, version: place.version, startedAt, patienceMs: 10_000 });
  const listening = await openRunnerSocket({
    directories: runtimeDirectories(environment),
    profile: place.profile,
    stateDirectory: place.stateDirectory,
    version: place.version,
    startedAt,
    accept: server.accept,
    tell: options.tell,
  });
  let isLeft = false;
  const release = async () => {
    const isInOrder = !isLeft && !runner.hasUnfinished();
    await runner.close();
    if (isInOrder) ledger.endRun(Date.now());
    ledger.close();
    command?.close();
    await demo?.stop();
    locking.lock.release();
  };
  if (!listening.ok) {
    await release();
    return { ok: false, kind: 'no-socket', reason: listening.reason };
  }
  const connection = runner.open('command');
  if (start.plan !== null) {
    const { intention = 'run' } = ledger.cutOff?.memory ?? {};
    begin(connection, start.plan, start.resumesAfterCrash && intention !== 'pause');
  }
  return {
    ok: true,
    host: {
      connection,
      unneeded: unneeded.promise,
      judge: runner.judge,
      leaveToNext() {
        isLeft = true;
        runner.leaveToNext();
      },
      async close(reason) {
        listening.socket.close();
        await server.end(reason);
        connection.close();
        await release();
      },
    },
  };
}

/**
 * The same plan again after a crash goes on where it was cut off, with the images that are left and the seeds that come next, unless it is
 * to come back paused. One that was being stopped is wanted again.
 */
function begin(connection: RunnerConnection, plan: Plan, goesOn: boolean): void {
  // The runner has it only where it took up what was cut off: on another WebUI it did not.
  const isTakenUp = isDeepStrictEqual(plan, connection.getSnapshot().plan);
  if (!isTakenUp) connection.send({ type: 'start', plan });
  else if (goesOn) connection.send({ type: 'resume' });
}

async function startDemo(
  environment: Environment,
  family: string | null,
): Promise<DemoProcess | { readonly reason: string }> {
  const extraArgs = family === null ? [] : [`--family=${family}`];
  try {
    return await startDemoProcess({ dataDirectory: demoDirectory(environment), extraArgs });
  } catch (error) {
    return { reason: error instanceof Error ? error.message : String(error) };
  }
}
