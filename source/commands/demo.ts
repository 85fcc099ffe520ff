import { resolve } from 'node:path';
import type { BuiltInWebUi } from '../demo/built-in-webui.ts';
import { type Fault, parseFault } from '../demo/faults.ts';
import { checkDirectoryWritable } from '../gallery/check-directory.ts';
import { demoDirectory } from '../settings/directories.ts';
import { onEndingSignal } from './ending-signals.ts';
import { exitCode, signalExitCode } from './exit-code.ts';
import type { Invocation } from './invocation.ts';
import type { Output } from './output.ts';
import { jsonLine } from './print/json-line.ts';

/** The port at which every command looks for a WebUI unless it is told otherwise. */
const defaultPort = 7860;

/** `sdloop demo`: the built-in WebUI alone, until a signal (or the end of standard input) ends it. */
export async function perform({ flags, environment, output }: Invocation): Promise<number> {
  const faults = readFaults(flags.faults);
  if (typeof faults === 'string') {
    output.fail('usage', `--fault: ${faults}`);
    return exitCode.wrongUsage;
  }
  const { family, port, stepMs, latencyMs, settings } = flags;
  const dataDirectory = resolve(flags.dataDir ?? demoDirectory(environment));
  const trouble = await checkDirectoryWritable(dataDirectory);
  if (trouble !== null) {
    output.fail(
      trouble.kind,
      `The built-in WebUI cannot keep its files: ${trouble.detail}. Choose another directory with --data-dir or XDG_DATA_HOME.`,
    );
    return exitCode.error;
  }
  const ending = awaitEnd(flags.endsWithStdin);
  const startBuiltInWebUi = await loadBuiltInWebUi(output);
  if (startBuiltInWebUi === null) return exitCode.error;
  let webUi: BuiltInWebUi;
  try {
    webUi = await startBuiltInWebUi({
      port: port ?? defaultPort,
      dataDirectory,
      faults,
      ...(family !== null && { family }),
      ...(settings.auth !== undefined && { auth: settings.auth }),
      ...(stepMs !== null && { stepMs }),
      ...(latencyMs !== null && { latencyMs }),
      ...(flags.hasServerStop && { apiServerStop: 'by-script' as const }),
    });
  } catch (error) {
    return refuse(output, error, port ?? defaultPort);
  }
  tell(output, webUi.url, dataDirectory);
  const code = await ending;
  await webUi.close();
  return code;
}

/** Null after saying why: it draws with sharp, which has a binary of its own for each platform. */
async function loadBuiltInWebUi(output: Output) {
  try {
    return (await import('../demo/built-in-webui.ts')).startBuiltInWebUi;
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    if (!reason.includes('sharp')) throw error;
    output.fail(
      'start',
      'The built-in WebUI draws with sharp, which cannot be loaded: install sdloop again, without --omit=optional. Only the demo needs it.',
    );
    return null;
  }
}

function tell(output: Output, url: string, dataDirectory: string): void {
  if (output.isJson) return output.print(jsonLine({ type: 'listening', at: Date.now(), url, dataDirectory }));
  output.print(`The built-in WebUI listens at ${url} and keeps its files in ${dataDirectory}.`);
  output.print('It draws its pictures instead of diffusing them. Ctrl-C ends it.');
}

/** Resolves to the exit code once it is time to go. */
function awaitEnd(endsWithStdin: boolean): Promise<number> {
  return new Promise((end) => {
    onEndingSignal((signal) => end(signalExitCode[signal]));
    if (endsWithStdin)
      process.stdin
        .on('end', () => end(exitCode.done))
        .on('error', () => end(exitCode.done))
        .resume();
  });
}

/** The faults, or the sentence about the first that is none. */
function readFaults(texts: readonly string[]): Fault[] | string {
  const faults: Fault[] = [];
  for (const text of texts) {
    const reading = parseFault(text);
    if ('problem' in reading) return reading.problem;
    faults.push(reading.fault);
  }
  return faults;
}

function refuse(output: Output, error: unknown, port: number): number {
  const code = error instanceof Error && 'code' in error ? error.code : null;
  if (code === 'EADDRINUSE') {
    output.fail(
      'port-in-use',
      `Port ${port} is in use already. Give another with --port; 0 takes a free one.`,
    );
  } else if (error instanceof Error && 'syscall' in error) {
    output.fail(
      'start',
      `The built-in WebUI cannot start: ${error.message}. --port and --data-dir choose others.`,
    );
  } else throw error;
  return exitCode.error;
}
