import { open, stat } from 'node:fs/promises';
import { setTimeout as after } from 'node:timers/promises';
import { cleanText } from '../presentation/clean-text.ts';
import { runnerLogPath } from '../runner/runner-log.ts';
import { onEndingSignal } from './ending-signals.ts';
import { exitCode, signalExitCode } from './exit-code.ts';
import type { Invocation } from './invocation.ts';
import type { Output } from './output.ts';
import { jsonLine } from './print/json-line.ts';
import { runnerPlace } from './runner-place.ts';

/** How often it is looked whether the log has grown, ms: events do not come on every file system. */
const lookEveryMs = 250;

/** `sdloop logs`: what the runners of a profile have logged, the oldest that is kept first. */
export async function perform(invocation: Invocation): Promise<number> {
  const { flags, output } = invocation;
  const path = runnerLogPath(runnerPlace(invocation).stateDirectory);
  const older = await tell(output, `${path}.1`, 0);
  let position = await tell(output, path, 0);
  if (!flags.isFollowing) {
    if (older + position === 0) output.say('Nothing has been logged yet.');
    return exitCode.done;
  }
  const ending = new AbortController();
  let code: number = exitCode.done;
  const stopListening = onEndingSignal((signal) => {
    code = signalExitCode[signal];
    ending.abort();
  });
  output.readerGone.addEventListener('abort', () => ending.abort());
  while (!ending.signal.aborted) {
    await after(lookEveryMs, undefined, { signal: ending.signal }).catch(() => undefined);
    const size = await sizeOf(path);
    // It is emptied in its place when it is full.
    if (size < position) position = 0;
    if (size > position) position = await tell(output, path, position);
  }
  stopListening();
  return code;
}

/** Prints the whole lines behind `from` (bytes); resolves to where they end. */
async function tell(output: Output, path: string, from: number): Promise<number> {
  const file = await open(path).catch(() => null);
  if (!file) return 0;
  let position = from;
  let rest = Buffer.alloc(0);
  const chunk = Buffer.alloc(65_536);
  try {
    while (!output.readerGone.aborted) {
      const { bytesRead } = await file.read(chunk, 0, chunk.length, position + rest.length);
      if (bytesRead === 0) break;
      const bytes = Buffer.concat([rest, chunk.subarray(0, bytesRead)]);
      const end = bytes.lastIndexOf(10) + 1;
      for (const line of bytes.subarray(0, end).toString('utf8').split('\n')) {
        if (line !== '') print(output, line);
      }
      position += end;
      rest = Buffer.from(bytes.subarray(end));
      await output.whenLevel();
    }
  } finally {
    await file.close();
  }
  return position;
}

function print(output: Output, line: string): void {
  if (!output.isJson) return output.print(cleanText(line));
  const match = /^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z) {2}(.*)$/.exec(line);
  // What the process itself wrote, such as the trace of a crash, has no time.
  const at = match ? Date.parse(match[1] ?? '') : 0;
  output.print(jsonLine({ type: 'log', at, text: match?.[2] ?? line }));
}

async function sizeOf(path: string): Promise<number> {
  return await stat(path).then(
    ({ size }) => size,
    () => 0,
  );
}
