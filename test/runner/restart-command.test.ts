import { existsSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { Failure } from '../../source/generation/failure.ts';
import { endProcessGroup, isGroupAlive } from '../../source/runner/process-group.ts';
import { createRestarter } from '../../source/runner/restarter.ts';
import { findStartedWebUi } from '../../source/runner/started-webui.ts';
import { createWebUiClient } from '../../source/webui/create-webui-client.ts';
import { freePort } from '../helpers/free-port.ts';
import { tempDirectoryInTest } from '../helpers/temp-directory-in-test.ts';
import { waitFor } from '../helpers/wait-for.ts';
import { restartCommandInTest, webUiCommand } from './restart-in-test.ts';

const unreachable = async () => ({ ok: false, failure: { kind: 'unreachable', detail: '' } }) as const;
const never = new AbortController().signal;

async function failureOf(directory: string, script: string, patienceMs = 10_000): Promise<Failure> {
  const command = restartCommandInTest(directory, script);
  const result = await createRestarter(command, { patienceMs, attemptEveryMs: 30 }).restart(
    unreachable,
    never,
  );
  if (result.ok) throw new Error('It was restarted.');
  return result.failure;
}

test('a command that stays is ended with all that it started before it is run anew', async () => {
  const directory = tempDirectoryInTest();
  const port = await freePort();
  const command = restartCommandInTest(
    directory,
    webUiCommand({ port, dataDirectory: join(directory, 'webui') }),
  );
  const client = createWebUiClient({ url: `http://127.0.0.1:${port}`, auth: null });
  const { restart } = createRestarter(command, { patienceMs: 20_000, attemptEveryMs: 100 });
  expect(await restart((signal) => client.probe(signal), never)).toEqual({ ok: true, value: null });
  const first = findStartedWebUi(directory);
  expect(await restart((signal) => client.probe(signal), never)).toEqual({ ok: true, value: null });
  const second = findStartedWebUi(directory);
  expect(first !== null && isGroupAlive(first)).toBe(false);
  expect(second !== null && second.pid !== first?.pid).toBe(true);
  await client.close();
});

test('a loop that ends meanwhile starts nothing any more', async () => {
  const directory = tempDirectoryInTest();
  const ended = new AbortController();
  ended.abort();
  expect((await restartCommandInTest(directory, 'touch here').run(ended.signal)).ok).toBe(false);
  expect(findStartedWebUi(directory)).toBe(null);
});

test('what ignores SIGTERM is killed', async () => {
  const directory = tempDirectoryInTest();
  const command = restartCommandInTest(
    directory,
    'trap "" TERM; echo ready > here; while :; do sleep 60; done',
  );
  await command.run(never);
  await waitFor(() => existsSync(join(directory, 'here')));
  const first = findStartedWebUi(directory);
  if (first === null) throw new Error('It has not started.');
  await endProcessGroup(first, 100);
  expect(isGroupAlive(first)).toBe(false);
});

test('a command that returns at once has asked for a restart, and what answers later is waited for', async () => {
  const directory = tempDirectoryInTest();
  let isUp = false;
  const command = restartCommandInTest(directory, 'echo asked >> asked');
  const restarting = createRestarter(command, { patienceMs: 10_000, attemptEveryMs: 20 }).restart(
    async () => (isUp ? { ok: false, failure: { kind: 'unauthorised', detail: '' } } : await unreachable()),
    never,
  );
  await waitFor(() => existsSync(join(directory, 'asked')));
  isUp = true;
  expect((await restarting).ok).toBe(true);
});

test('a command that fails says how, with its last words, and none of its secrets', async () => {
  const failure = await failureOf(
    tempDirectoryInTest(),
    'echo "Launching with --api-auth me:hunter2"; echo "RuntimeError: no \u001b[31mGPU, --gradio-auth=me:hunter2" >&2; exit 3',
  );
  expect(failure.kind).toBe('restart-failed');
  expect(failure.detail).toContain('ended with exit code 3: RuntimeError: no ');
  expect(failure.detail).toContain('--gradio-auth=***');
  expect(failure.detail).not.toMatch(/hunter2|\u001b/);
});

test('the end of a command that had stayed is told, with how and its last words', async () => {
  const directory = tempDirectoryInTest();
  const command = restartCommandInTest(directory, 'echo out of memory; touch here; sleep 60; exit 0');
  const told: Failure[] = [];
  command.follow((failure) => told.push(failure));
  await command.run(never);
  await waitFor(() => existsSync(join(directory, 'here')));
  expect(told).toEqual([]);
  process.kill(-(findStartedWebUi(directory)?.pid ?? Number.NaN), 'SIGKILL');
  await waitFor(() => told.length === 1);
  expect(told[0]?.detail).toBe('its command was ended by SIGKILL: out of memory');
});

test('the end of a command that an earlier runner had started is told too', async () => {
  const directory = tempDirectoryInTest();
  await restartCommandInTest(directory, 'while :; do sleep 60; done').run(never);
  const next = restartCommandInTest(directory, 'true');
  const told: Failure[] = [];
  next.follow((failure) => told.push(failure));
  process.kill(-(findStartedWebUi(directory)?.pid ?? Number.NaN), 'SIGKILL');
  await waitFor(() => told.length === 1);
  expect(told[0]?.detail).toBe('its command has ended');
});

test('a starting WebUI that refuses is asked again sooner than one that answers', async () => {
  const times: { readonly kind: string; readonly at: number }[] = [];
  const kinds = ['unreachable', 'unreachable', 'starting', 'starting', 'unauthorised'] as const;
  const command = restartCommandInTest(tempDirectoryInTest(), 'sleep 60');
  await createRestarter(command, { patienceMs: 20_000, attemptEveryMs: 200 }).restart(async () => {
    const kind = kinds[times.length] ?? 'unauthorised';
    times.push({ kind, at: performance.now() });
    return { ok: false, failure: { kind, detail: '' } };
  }, never);
  const pauses = times.slice(1).map(({ at }, index) => Math.round((at - (times[index]?.at ?? 0)) / 200));
  expect(times.map(({ kind }) => kind)).toEqual(kinds);
  expect(pauses).toEqual([1, 1, 2, 2]);
});

test('one that is killed, hangs, or has no directory to run in says so', async () => {
  expect((await failureOf(tempDirectoryInTest(), 'kill -9 $$')).detail).toContain('was ended by SIGKILL');
  const hanging = await failureOf(tempDirectoryInTest(), 'echo loading weights; sleep 60', 1000);
  expect(hanging.detail).toBe('it did not answer within 1 s: loading weights');
  const directory = tempDirectoryInTest();
  const command = restartCommandInTest(directory, 'true', { workingDirectory: join(directory, 'gone') });
  const result = await command.run(never);
  expect(result.ok ? '' : result.failure.detail).toContain('ENOENT');
});

test('its output is kept, readable by nobody else, within bounds', async () => {
  const directory = tempDirectoryInTest();
  const command = restartCommandInTest(directory, 'head -c 300000 /dev/zero | tr "\\0" x; echo end', {
    logLimit: 100_000,
  });
  await command.run(never);
  const path = join(directory, 'webui.log');
  await waitFor(() => readFileSync(path, 'utf8').endsWith('end\n'));
  await command.run(never);
  await waitFor(() => existsSync(`${path}.1`));
  expect(statSync(`${path}.1`).size).toBe(100_000);
  expect(statSync(path).mode & 0o777).toBe(0o600);
});

test('it does not see the settings of sdloop, one of which is a password', async () => {
  const directory = tempDirectoryInTest();
  const environment = { ...process.env, SDLOOP_AUTH: 'me:hunter2' };
  await restartCommandInTest(directory, 'env > seen', { environment }).run(never);
  await waitFor(() => existsSync(join(directory, 'seen')) && statSync(join(directory, 'seen')).size > 0);
  expect(readFileSync(join(directory, 'seen'), 'utf8')).not.toContain('SDLOOP_AUTH');
});

test('a number that belongs to another process by now is left alone', async () => {
  const directory = tempDirectoryInTest();
  const mark = {
    pid: process.pid,
    startTime: '1',
    bootId: readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim(),
  };
  writeFileSync(join(directory, 'webui.json'), JSON.stringify(mark));
  expect(findStartedWebUi(directory)).toBe(null);
  writeFileSync(join(directory, 'webui.json'), JSON.stringify({ ...mark, bootId: 'another' }));
  expect(findStartedWebUi(directory)).toBe(null);
  writeFileSync(join(directory, 'webui.json'), '{"pid":-1');
  expect(findStartedWebUi(directory)).toBe(null);
});
