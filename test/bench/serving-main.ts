/** Serves a loop that changes five times a second to screens, its state in the directory of the first argument; tells what it sent for each line of input. */

import type { Socket } from 'node:net';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { openRunnerSocket } from '../../source/runner/runner-socket.ts';
import { createScreenServer } from '../../source/runner/screen-server.ts';
import { scriptedLoop } from '../runner/scripted-loop.ts';

const stateDirectory = process.argv[2] ?? '';
const startedAt = Date.now();
const loop = scriptedLoop();
const sockets: Socket[] = [];
const server = createScreenServer({ runner: loop, version: '1.0.0', startedAt, patienceMs: 10_000 });
const opened = await openRunnerSocket({
  directories: [join(stateDirectory, 'run')],
  profile: 'default',
  stateDirectory,
  version: '1.0.0',
  startedAt,
  accept(socket) {
    sockets.push(socket);
    server.accept(socket);
  },
  tell: (words) => console.error(words),
});
if (!opened.ok) throw new Error(opened.reason);

// A tick of the clock, and four changes as when files arrive.
setInterval(() => loop.publish({ at: Date.now() }), 200);

createInterface({ input: process.stdin }).on('line', () => {
  const sentByteCount = sockets.reduce((sum, { bytesWritten }) => sum + bytesWritten, 0);
  const heldByteCount = Math.max(0, ...sockets.map(({ writableLength }) => writableLength));
  console.log(JSON.stringify({ sentByteCount, heldByteCount }));
});
console.log('serving');
