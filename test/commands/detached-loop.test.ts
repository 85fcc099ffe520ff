import { existsSync, readdirSync } from 'node:fs';
import { connect } from 'node:net';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { isAlive } from '../../source/commands/is-alive.ts';
import { protocolVersion } from '../../source/connection/protocol.ts';
import { readRunnerPointer } from '../../source/connection/runner-pointer.ts';
import { ledgerPath } from '../../source/ledger/open-ledger.ts';
import { audit } from '../chaos/audit.ts';
import { runnerStateDirectory } from '../helpers/end-runners.ts';
import type { Ending } from '../helpers/ending.ts';
import { startCli } from '../helpers/run-cli.ts';
import { tempDirectoryInTest } from '../helpers/temp-directory-in-test.ts';
import { waitFor } from '../helpers/wait-for.ts';
import { openShell, plan, webUiInTest } from './detached-loop.ts';

const nothing = { lost: [], doubled: [], unfinished: [] };

test.concurrent('a loop is started, told of, paused, resumed and stopped from the shell', async (context) => {
  const { detach, start: sdloop, until, runnerPid } = await openShell({}, context);
  const json = async (command: string) => JSON.parse((await sdloop(command, '--json')).stdout);
  expect(await detach('--json')).toMatchObject({ code: 0, stderr: '' });
  const pid = runnerPid();
  await until(({ throughput }) => throughput.imageCount >= 2);
  const status = await json('status');
  expect(status).toMatchObject({ state: 'generating', pid, profile: 'default', prompt: 'a lighthouse' });
  expect((await sdloop('status')).stdout).toMatch(/generating[\s\S]*images/);

  expect(await json('pause')).toMatchObject({ type: 'state', state: expect.stringMatching(/^paus/) });
  const { throughput } = await until(({ status: { kind } }) => kind === 'paused');
  expect(await sdloop('pause')).toMatchObject({ code: 0, stdout: 'The loop is paused already.\n' });
  expect(await sdloop('skip')).toMatchObject({ code: 1, stdout: '' });
  expect(await json('resume')).toMatchObject({ type: 'state', state: 'generating' });
  await until((later) => later.throughput.imageCount > throughput.imageCount);

  const lines = (await sdloop('logs', '--json')).stdout.trimEnd().split('\n');
  expect(lines.map((line) => JSON.parse(line).text).join('\n')).toMatch(/has started\.[\s\S]*connected to/);

  expect(await json('stop')).toMatchObject({ type: 'state', state: 'stopped' });
  expect(isAlive(pid)).toBe(false);
  for (const command of ['status', 'pause', 'resume', 'skip', 'interrupt', 'stop']) {
    expect(await sdloop(command)).toMatchObject({ code: 5, stdout: '' });
  }
});

test.concurrent('a generation is interrupted and skipped, and the loop goes on', async (context) => {
  const { detach, json, sdloop, until, webUi } = await openShell({ durationMs: 3000 }, context);
  await detach();
  for (const command of ['interrupt', 'skip']) {
    const { running } = await until((snapshot) => snapshot.running !== null);
    // What comes before the WebUI has begun is for the one before.
    await waitFor(() => hasStep(webUi.url));
    expect(await sdloop(command)).toMatchObject({ code: 0 });
    await until((later) => (later.running?.generation.id ?? 0) > (running?.generation.id ?? 0));
  }
  expect(await json('stop', '--now')).toMatchObject({ state: 'stopped' });
  expect(existsSync(webUi.imageDirectory) ? readdirSync(webUi.imageDirectory) : []).toEqual([]);
});

test.concurrent('a second runner of the profile is refused, and another profile runs beside it', async (context) => {
  const { detach, sdloop, runnerPid } = await openShell({}, context);
  await detach();
  expect(await detach('--seed', '5')).toMatchObject({
    code: 1,
    stdout: '',
    stderr: expect.stringMatching(new RegExp(`Process ${runnerPid()} runs the loop already.*--profile NAME`)),
  });
  expect(await detach('--profile', 'night')).toMatchObject({ code: 0 });
  expect(runnerPid('night')).not.toBe(runnerPid());
  expect(await sdloop('stop', '--profile', 'night')).toMatchObject({ code: 0 });
  expect(await sdloop('status')).toMatchObject({ code: 0 });
});

test.concurrent('a loop that is stopped while its WebUI is away loses nothing: the next start finds what was saved', async (context) => {
  const dataDirectory = tempDirectoryInTest(context);
  const { webUi, detach, sdloop, until, ended } = await openShell(
    { dataDirectory, durationMs: 3000 },
    context,
  );
  const saved = () =>
    existsSync(webUi.imageDirectory)
      ? readdirSync(webUi.imageDirectory, { recursive: true }).filter((name) => String(name).endsWith('.png'))
      : [];
  const listed = async () => (await sdloop('images', '--tsv')).stdout.trimEnd().split('\n').length - 1;
  await detach('--batch-count', '2');
  await waitFor(() => saved().length === 2, { timeoutMs: 10_000 });
  await webUi[Symbol.asyncDispose]();
  await until(({ status }) => status.kind === 'retrying');
  const stopped = await sdloop('stop');
  await ended();
  expect(stopped).toMatchObject({ code: 0, stdout: 'Stopped.\n' });
  expect(stopped.stderr).toMatch(/1 generation in flight is not known.*the next start looks for the images/);
  expect(saved()).toHaveLength(2);

  await webUiInTest({ dataDirectory, port: Number(new URL(webUi.url).port) }, context);
  await detach('--count', '2', '--seed', '5');
  await ended();
  expect(saved()).toHaveLength(4);
  expect(await listed()).toBe(4);
  expect((await sdloop('ledger', 'check')).code).toBe(0);
});

test.concurrent('a loop in the foreground answers commands too', async (context) => {
  const { home, webUi, json, until } = await openShell({}, context);
  await using run = startCli(['run', '--url', webUi.url, ...plan], { home, cwd: home });
  await until(({ status }) => status.kind === 'generating');
  await json('pause');
  await until(({ status }) => status.kind === 'paused');
  expect(await json('status')).toMatchObject({ pid: run.pid, state: 'paused' });
  await json('stop');
  expect(await run.ended).toMatchObject({ code: 0 });
});

describe.concurrent('given again after a kill', () => {
  for (const saving of ['server', 'client'] as const) {
    test.concurrent(`it makes exactly the images that were asked for, saved by the ${saving}`, async (context) => {
      const { home, detach, until, ended, runnerPid, webUi } = await openShell({ durationMs: 500 }, context);
      const here = join(home, 'out');
      const asked = [
        '--count',
        '9',
        '--save',
        saving,
        ...(saving === 'client' ? ['--output-dir', here] : []),
      ];
      for (const least of [1, 4]) {
        await detach(...asked);
        await until(({ throughput }) => throughput.imageCount >= least);
        process.kill(runnerPid(), 'SIGKILL');
      }
      await detach(...asked);
      await ended();
      const directory = saving === 'server' ? webUi.imageDirectory : join(here, 'txt2img-images');
      const found = audit(ledgerPath(runnerStateDirectory(home)), directory);
      expect(found).toEqual({ plannedCount: 9, fileCount: 9, ...nothing });
    });
  }

  test.concurrent('a loop that had reached its goal makes as many images anew', async (context) => {
    const { home, detach, until, ended, runnerPid, webUi } = await openShell({}, context);
    // It stays at its goal for whoever looks on, and so does not reach it before.
    await webUi.addFault('hang@1');
    await detach('--count', '8');
    lookOn(home, context);
    await webUi.clearFaults();
    await until(({ status }) => status.kind === 'stopped');
    process.kill(runnerPid(), 'SIGKILL');
    await detach('--count', '8');
    await ended();
    const found = audit(ledgerPath(runnerStateDirectory(home)), webUi.imageDirectory);
    expect(found).toEqual({ plannedCount: 16, fileCount: 16, ...nothing });
  });

  test.concurrent('on another WebUI it begins there', async (context) => {
    const { detach, detachOn, until, runnerPid } = await openShell({}, context);
    await detach();
    await until(({ throughput }) => throughput.imageCount >= 2);
    process.kill(runnerPid(), 'SIGKILL');
    const other = await webUiInTest({}, context);
    await detachOn(other.url);
    await until(({ url, throughput }) => url === other.url && throughput.imageCount >= 2);
  });

  test.concurrent('it waits for a WebUI that comes later, and nothing is forgotten', async (context) => {
    const dataDirectory = tempDirectoryInTest(context);
    const { home, detach, until, ended, runnerPid, webUi } = await openShell({ dataDirectory }, context);
    await detach('--count', '8');
    await until(({ throughput }) => throughput.imageCount >= 2);
    process.kill(runnerPid(), 'SIGKILL');
    await webUi[Symbol.asyncDispose]();
    expect(await detach('--count', '8')).toMatchObject({ code: 0 });
    await until(({ status }) => status.kind === 'retrying');
    await webUiInTest({ dataDirectory, port: Number(new URL(webUi.url).port) }, context);
    await ended();
    const found = audit(ledgerPath(runnerStateDirectory(home)), webUi.imageDirectory);
    expect(found).toEqual({ plannedCount: 8, fileCount: 8, ...nothing });
  });

  test.concurrent('in the foreground it waits for a WebUI that comes later too, and a new one does not', async (context) => {
    const dataDirectory = tempDirectoryInTest(context);
    const { home, detach, until, runnerPid, webUi } = await openShell({ dataDirectory }, context);
    await detach('--count', '8');
    await until(({ throughput }) => throughput.imageCount >= 2);
    process.kill(runnerPid(), 'SIGKILL');
    await webUi[Symbol.asyncDispose]();
    const asked = ['run', '--url', webUi.url, ...plan, '--count', '8'];
    await using fresh = startCli([...asked, '--profile', 'fresh'], { home, cwd: home });
    expect(await fresh.ended).toMatchObject({ code: 3 });
    await using run = startCli(asked, { home, cwd: home });
    await until(({ status }) => status.kind === 'retrying');
    await webUiInTest({ dataDirectory, port: Number(new URL(webUi.url).port) }, context);
    expect(await run.ended).toMatchObject({ code: 0 });
    const found = audit(ledgerPath(runnerStateDirectory(home)), webUi.imageDirectory);
    expect(found).toEqual({ plannedCount: 8, fileCount: 8, ...nothing });
  });
});

/** Whether the WebUI has made a step of what it works on. */
async function hasStep(url: string): Promise<boolean> {
  const answer = await fetch(`${url}/sdapi/v1/progress`);
  const { state } = (await answer.json()) as { state: { job_count: number; sampling_step: number } };
  return state.job_count > 0 && state.sampling_step > 0;
}

/** Joins as a screen until the test ends. */
function lookOn(home: string, { onTestFinished }: Ending): void {
  const runner = readRunnerPointer(runnerStateDirectory(home));
  if (runner === null) throw new Error('No runner has told where it listens.');
  const socket = connect(runner.socketPath);
  socket.on('error', () => undefined);
  onTestFinished(() => void socket.destroy());
  const { version } = runner;
  socket.write(`${JSON.stringify({ type: 'hello', protocol: protocolVersion, version, role: 'screen' })}\n`);
  socket.resume();
}

test.concurrent('a machine that goes down ends the runner and not the loop: the same plan goes on where it was', async (context) => {
  const { detach, until, ended, runnerPid, webUi, home } = await openShell({}, context);
  const goal = ['--count', '12', '--seed', '500'];
  await detach(...goal);
  await until(({ throughput }) => throughput.imageCount >= 4);
  process.kill(runnerPid(), 'SIGTERM');
  await ended();
  await detach(...goal);
  await ended();
  const seeds = (await webUi.requests()).flatMap((request) => request.seeds);
  expect(seeds.toSorted((a, b) => a - b)).toEqual(Array.from({ length: 12 }, (_, index) => 500 + index));
  expect(audit(ledgerPath(runnerStateDirectory(home)), webUi.imageDirectory)).toMatchObject(nothing);
});
