import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { Writable } from 'node:stream';
import { checkArguments } from '../../source/commands/check-arguments.ts';
import { exitCode } from '../../source/commands/exit-code.ts';
import { readFlags } from '../../source/commands/flags.ts';
import type { Perform } from '../../source/commands/invocation.ts';
import { createOutput } from '../../source/commands/output.ts';
import { parseWords } from '../../source/commands/parse-words.ts';
import { cleanEnvironment } from './clean-environment.ts';
import type { CliOptions, CliResult } from './run-cli.ts';

const packagePath = resolve(import.meta.dirname, '../../package.json');
const { version }: { version: string } = JSON.parse(readFileSync(packagePath, 'utf8'));

/**
 * `runCli` for a command that ends by itself and needs no process of its own to be believed: the same arguments and environment, performed in
 * the process of the test. A start of the program costs a hundred times as much as what most commands do.
 */
export async function performCli(
  args: readonly string[],
  { home, env, cwd }: CliOptions & { readonly home: string },
): Promise<CliResult> {
  const data = collector();
  const words = collector();
  const output = createOutput(data.stream, words.stream, args.includes('--json'));
  const before = endings.map((signal) => process.listeners(signal));
  const directory = process.cwd();
  if (cwd !== undefined) process.chdir(cwd);
  try {
    const code = await perform(args, { ...cleanEnvironment(home), ...env });
    await output.finish();
    return { code, signal: null, stdout: data.text(), stderr: words.text() };
  } finally {
    process.chdir(directory);
    // A command leaves them to the end of its process.
    for (const [index, signal] of endings.entries())
      for (const listener of process.listeners(signal))
        if (!before[index]?.includes(listener)) process.off(signal, listener);
  }

  async function perform(argv: readonly string[], environment: Record<string, string>): Promise<number> {
    const refuse = (message: string) => {
      output.fail('usage', message);
      return exitCode.wrongUsage;
    };
    const check = checkArguments(argv);
    if (!check.ok) return refuse(check.message);
    const { flags: raw, input } = await parseWords(argv);
    const flags = readFlags(raw);
    if (!flags.ok) return refuse(flags.message);
    const command: { perform: Perform } = await import(`../../source/commands/${check.command}.ts`);
    const words = check.command === 'screen' ? input : input.slice(1);
    return await command.perform({ input: words, flags: flags.value, environment, output, version });
  }
}

const endings = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

function collector() {
  const chunks: Buffer[] = [];
  const stream = new Writable({
    write(chunk: Buffer, _, done) {
      chunks.push(chunk);
      done();
    },
  });
  return { stream, text: () => Buffer.concat(chunks).toString() };
}
