import type { Failure, Result } from '../generation/failure.ts';
import type { WebUi } from '../generation/webui.ts';
import { awaitWebUi, type StartPatience } from './await-webui.ts';
import type { RestartCommand } from './restart-command.ts';

/** Restarts the WebUI and resolves once it answers `probe`, or with why it does not; `signal` ends the wait. */
export type Restart = (
  probe: (signal: AbortSignal) => Promise<Result<WebUi>>,
  signal: AbortSignal,
) => Promise<Result<null>>;

/** Restarts the WebUI, and tells when the one that was started has ended. */
export type Restarter = {
  readonly restart: Restart;
  follow(listener: (failure: Failure) => void): void;
};

/** Restarts by a person's command and waits until the WebUI answers, as long as the patience lasts. */
export function createRestarter(command: RestartCommand, patience: StartPatience): Restarter {
  const restart: Restart = async (probe, signal) => {
    const run = await command.run(signal);
    if (!run.ok) return run;
    return awaitWebUi(probe, signal, patience, { whyNot: command.whyEnded, lastWords: command.lastWords });
  };
  return { restart, follow: command.follow };
}

/** Has the WebUI restart itself by `ask`, and waits in the same way. */
export function restarterByItself(ask: () => Promise<Result<null>>, patience: StartPatience): Restart {
  return async (probe, signal) => {
    const asked = await ask();
    if (!asked.ok) return asked;
    return awaitWebUi(probe, signal, patience, { whyNot: () => null, lastWords: () => '' });
  };
}
