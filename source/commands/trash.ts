import { basename, resolve } from 'node:path';
import { createInterface } from 'node:readline/promises';
import { formatBytes } from '../presentation/byte-counts.ts';
import type { Chooser, TrashedFile } from '../presentation/choosing.ts';
import { cleanText } from '../presentation/clean-text.ts';
import { formatFileTime } from '../presentation/clock-time.ts';
import { formatCounted } from '../presentation/numbers.ts';
import { exitCode } from './exit-code.ts';
import type { Invocation } from './invocation.ts';
import { openProfileChooser } from './open-choices.ts';
import type { Output } from './output.ts';
import { choiceEvent, decisionWords } from './print/choice-words.ts';
import { jsonLine } from './print/json-line.ts';
import { tellProblems } from './rate.ts';

/** `sdloop trash list | restore [FILE...] | purge`. */
export async function perform(invocation: Invocation): Promise<number> {
  const { input, output, flags } = invocation;
  const [action, ...names] = input;
  const isKnown = action === 'restore' || ((action === 'list' || action === 'purge') && names.length === 0);
  if (!isKnown) {
    output.fail(
      'usage',
      'Write `sdloop trash list`, `sdloop trash restore [FILE...]` or `sdloop trash purge`.',
    );
    return exitCode.wrongUsage;
  }
  const chooser = openProfileChooser(invocation);
  if (chooser === null) return exitCode.error;
  try {
    const trash = await chooser.trash();
    if (!trash.ok) {
      output.fail('choices', trash.reason);
      return exitCode.error;
    }
    if (action === 'list') return list(output, trash.files, trash.byteCount);
    if (action === 'restore') return await restore(chooser, output, trash.files, names);
    return await purge(chooser, output, trash.files, flags.isSure);
  } finally {
    chooser.close();
  }
}

function list(output: Output, files: readonly TrashedFile[], byteCount: number): number {
  const now = Date.now();
  for (const file of files) {
    const { path, originalPath, rejectedAt } = file;
    const words = `${formatFileTime(rejectedAt, now)}  ${formatBytes(file.byteCount)}  ${cleanText(originalPath)}`;
    const event = { type: 'trashed', at: rejectedAt, path, from: originalPath, bytes: file.byteCount };
    output.print(output.isJson ? jsonLine(event) : words);
  }
  output.say(files.length === 0 ? 'The trash is empty.' : `${sumOf(files.length, byteCount)}.`);
  return exitCode.done;
}

async function restore(
  chooser: Chooser,
  output: Output,
  files: readonly TrashedFile[],
  names: readonly string[],
): Promise<number> {
  const wanted = names.length === 0 ? files.map(({ path }) => path) : [];
  for (const name of names) {
    const found = files.filter(
      ({ path, originalPath }) =>
        [path, originalPath].includes(resolve(name)) ||
        [path, originalPath].some((each) => basename(each) === name),
    );
    if (found.length !== 1) {
      const many = `There are ${found.length} of that name in the trash: say the whole path, as \`sdloop trash list\` does.`;
      output.fail('file', found.length === 0 ? `${name} is not in the trash.` : many);
      return exitCode.error;
    }
    wanted.push(...found.map(({ path }) => path));
  }
  if (wanted.length === 0) {
    output.say('The trash is empty.');
    return exitCode.done;
  }
  const restored = await chooser.restore(wanted);
  if (!restored.ok) {
    output.fail('choices', restored.reason);
    return exitCode.error;
  }
  const now = Date.now();
  if (output.isJson)
    for (const [from, path] of restored.paths) output.print(choiceEvent({ from, path }, now));
  else if (restored.paths.size > 0) output.print(decisionWords({ kind: 'restore' }, restored.paths.size));
  return tellProblems(output, restored.problems);
}

async function purge(
  chooser: Chooser,
  output: Output,
  files: readonly TrashedFile[],
  isSure: boolean,
): Promise<number> {
  if (files.length === 0) {
    output.say('The trash is empty.');
    return exitCode.done;
  }
  const byteCount = files.reduce((sum, file) => sum + file.byteCount, 0);
  if (!isSure) {
    const question = `Delete ${sumOf(files.length, byteCount)} for ever?`;
    if (!process.stdin.isTTY || !process.stderr.isTTY) {
      output.fail('usage', `${question} Nothing was deleted: say --yes to do it.`);
      return exitCode.wrongUsage;
    }
    if (!(await isAgreed(question))) {
      output.say('Nothing was deleted.');
      return exitCode.done;
    }
  }
  const purged = await chooser.purge(files);
  if (!purged.ok) {
    output.fail('choices', purged.reason);
    return exitCode.error;
  }
  const { count, byteCount: bytes } = purged;
  const event = { type: 'purged', at: Date.now(), count, bytes };
  output.print(output.isJson ? jsonLine(event) : `Deleted ${sumOf(count, bytes)}.`);
  return tellProblems(output, purged.problems);
}

async function isAgreed(question: string): Promise<boolean> {
  const asking = createInterface({ input: process.stdin, output: process.stderr });
  try {
    return /^y(es)?$/i.test((await asking.question(`${question} [y/N] `)).trim());
  } finally {
    asking.close();
  }
}

function sumOf(count: number, byteCount: number): string {
  return `${formatCounted(count, 'file')}, ${formatBytes(byteCount)} (${byteCount} bytes)`;
}
