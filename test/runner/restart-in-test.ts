import { resolve } from 'node:path';
import { endProcessGroup } from '../../source/runner/process-group.ts';
import {
  createRestartCommand,
  type RestartCommand,
  type RestartCommandOptions,
} from '../../source/runner/restart-command.ts';
import { findStartedWebUi } from '../../source/runner/started-webui.ts';
import { cleanEnvironment } from '../helpers/clean-environment.ts';
import { type Ending, usualEnding } from '../helpers/ending.ts';

const webUiMain = resolve(import.meta.dirname, '../helpers/webui-process-main.ts');

/** A command that serves the built-in WebUI until it is ended, as `./webui.sh --api` does. */
export function webUiCommand(options: Readonly<Record<string, unknown>>): string {
  return `tail -f /dev/null | ${process.execPath} ${webUiMain} '${JSON.stringify({ loadMs: 0, seed: 1, ...options })}'`;
}

/** A restart command with its state in this directory; what it started is ended with the test. */
export function restartCommandInTest(
  directory: string,
  command: string,
  options: Partial<RestartCommandOptions> = {},
  { onTestFinished }: Ending = usualEnding,
): RestartCommand {
  const restart = createRestartCommand({
    command,
    workingDirectory: directory,
    environment: cleanEnvironment(directory),
    stateDirectory: directory,
    ...options,
  });
  onTestFinished(async () => {
    restart.close();
    const started = findStartedWebUi(directory);
    if (started !== null) await endProcessGroup(started, 0);
  });
  return restart;
}
