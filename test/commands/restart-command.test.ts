import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { endProcessGroup, isGroupAlive } from '../../source/runner/process-group.ts';
import { findStartedWebUi } from '../../source/runner/started-webui.ts';
import { startWebUi } from '../demo/webui-fixture.ts';
import { endRunnersOf, runnerStateDirectory } from '../helpers/end-runners.ts';
import { freePort } from '../helpers/free-port.ts';
import { runCli } from '../helpers/run-cli.ts';
import { tempDirectoryInTest } from '../helpers/temp-directory-in-test.ts';
import { webUiCommand } from '../runner/restart-in-test.ts';

const plan = ['--model', 'demo-landscape', '--prompt', 'dusk', '--width', '64', '--height', '64'];

/** A home whose runners and WebUI end with the test. */
function homeInTest(): { readonly home: string; readonly stateDirectory: string } {
  const home = tempDirectoryInTest();
  const stateDirectory = runnerStateDirectory(home);
  onTestFinished(async () => {
    endRunnersOf(home);
    const started = findStartedWebUi(stateDirectory);
    if (started !== null) await endProcessGroup(started, 0);
  });
  return { home, stateDirectory };
}

test('a loop in the background starts the WebUI, and stop leaves it running and says how to end it', async () => {
  const { home, stateDirectory } = homeInTest();
  const port = await freePort();
  const command = webUiCommand({ port, dataDirectory: join(home, 'webui'), durationMs: 100 });
  const url = `http://127.0.0.1:${port}`;
  const restart = ['--restart-command', command, '--restart-patience', '20s'];
  const started = await runCli(['run', '--detach', '--url', url, ...plan, ...restart], { home });
  expect(started.code, started.stderr).toBe(0);
  const status = JSON.parse((await runCli(['status', '--json'], { home })).stdout);
  expect(['restarting', 'generating']).toContain(status.state);
  const stopped = await runCli(['stop'], { home });
  expect(stopped.code).toBe(0);
  const webUi = findStartedWebUi(stateDirectory);
  if (webUi === null) throw new Error('The WebUI has ended with the loop.');
  expect(stopped.stderr).toContain(`goes on, as process ${webUi.pid}: \`kill -- -${webUi.pid}\` ends it.`);
  process.kill(-webUi.pid, 'SIGKILL');
  await endProcessGroup(webUi, 0);
  expect(isGroupAlive(webUi)).toBe(false);
});

test('a command that fails at the start is an answer', async () => {
  const { home } = homeInTest();
  const url = `http://127.0.0.1:${await freePort()}`;
  const restart = ['--restart-command', 'echo "no such venv"; exit 7'];
  const { code, stderr } = await runCli(['run', '--url', url, ...plan, ...restart], { home });
  expect(code).toBe(1);
  expect(stderr).toContain(
    'The WebUI could not be restarted: its command ended with exit code 7: no such venv.',
  );
  expect(stderr).toContain('--restart-command');
});

test('a restart for the sake of memory needs a way, which the WebUI itself may have', async () => {
  const ofMemory = async (webUi: Awaited<ReturnType<typeof startWebUi>>) => {
    const { home } = homeInTest();
    const args = ['--url', webUi.url, '--count', '1', '--steps', '2', '--restart-when-ram', '99%'];
    const { code, stderr } = await runCli(['run', ...plan, ...args], { home });
    expect(code, stderr).toBe(0);
    return stderr;
  };
  const words = '--restart-when-ram has no way to restart the WebUI: add --restart-command';
  expect(await ofMemory(await startWebUi())).toContain(words);
  expect(await ofMemory(await startWebUi({ apiServerStop: 'by-script' }))).not.toContain(
    '--restart-when-ram',
  );
});

test('the built-in WebUI takes no command, and a time must be one', async () => {
  const demo = await runCli(['run', '--demo', ...plan, '--restart-command', 'true']);
  expect(demo.code).toBe(2);
  expect(demo.stderr).toContain('leave --restart-command out');
  const patience = await runCli(['run', ...plan, '--restart-patience', 'soon']);
  expect(patience.code).toBe(2);
  expect(patience.stderr).toContain('--restart-patience must be a length of time such as 90s, 10m or 1h.');
});
