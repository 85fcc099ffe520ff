import { mkdirSync } from 'node:fs';
import type { Socket } from 'node:net';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import type { JoinOptions } from '../../source/connection/join-runner.ts';
import { type RunnerPointer, readRunnerPointer } from '../../source/connection/runner-pointer.ts';
import { openRunnerSocket, type RunnerSocketOptions } from '../../source/runner/runner-socket.ts';
import { createScreenServer } from '../../source/runner/screen-server.ts';
import type { ClientOptions } from '../../source/runner/serve-client.ts';
import { tempDirectoryInTest } from '../helpers/temp-directory-in-test.ts';
import { type ScriptedLoop, scriptedLoop } from './scripted-loop.ts';

export type ServedRunner = {
  readonly loop: ScriptedLoop;
  readonly runtimeDirectory: string;
  readonly stateDirectory: string;
  readonly told: string[];
  /** Its ends of the connections, in the order of their coming. */
  readonly sockets: Socket[];
  find(): RunnerPointer | null;
  path(): string;
  clientCount(): number;
  /** As when the loop ends in good order. */
  end(reason: string): Promise<void>;
  /** For `joinRunner`. */
  joining(changes?: Partial<JoinOptions>): JoinOptions;
};

/** A runner of version 1.0.0 that serves a scripted loop at a socket of its own until the test ends. */
export async function serveRunner(
  options: Partial<Pick<ClientOptions, 'version' | 'patienceMs'>> &
    Partial<Pick<RunnerSocketOptions, 'checkEveryMs' | 'directories' | 'stateDirectory'>> = {},
): Promise<ServedRunner> {
  const home = tempDirectoryInTest();
  const runtimeDirectory = join(home, 'run');
  const stateDirectory = options.stateDirectory ?? join(home, 'state');
  mkdirSync(stateDirectory, { recursive: true });
  const { version = '1.0.0', patienceMs = 10_000 } = options;
  const startedAt = Date.now();
  const loop = scriptedLoop();
  const told: string[] = [];
  const sockets: Socket[] = [];
  const server = createScreenServer({ runner: loop, version, startedAt, patienceMs });
  const opened = await openRunnerSocket({
    directories: options.directories ?? [runtimeDirectory],
    profile: 'default',
    stateDirectory,
    version,
    startedAt,
    accept(socket) {
      sockets.push(socket);
      server.accept(socket);
    },
    tell: (words) => told.push(words),
    ...(options.checkEveryMs !== undefined && { checkEveryMs: options.checkEveryMs }),
  });
  if (!opened.ok) throw new Error(opened.reason);
  const { socket } = opened;
  async function end(reason: string): Promise<void> {
    socket.close();
    await server.end(reason);
  }
  onTestFinished(() => end('The test is over.'));
  const find = () => readRunnerPointer(stateDirectory);
  return {
    loop,
    runtimeDirectory,
    stateDirectory,
    told,
    sockets,
    find,
    path: () => socket.path() ?? '',
    clientCount: () => server.clientCount(),
    end,
    joining: (changes) => ({
      role: 'screen',
      version: '1.0.0',
      find,
      start: async () => ({ ok: false, reason: 'Nothing starts here.' }),
      ...changes,
    }),
  };
}
