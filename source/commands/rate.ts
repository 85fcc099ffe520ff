import { resolve } from 'node:path';
import type { Chooser, Decision } from '../presentation/choosing.ts';
import { formatCounted } from '../presentation/numbers.ts';
import { callsOf } from './calls-of.ts';
import { exitCode } from './exit-code.ts';
import type { Flags } from './flags.ts';
import type { Invocation } from './invocation.ts';
import { openProfileChooser } from './open-choices.ts';
import type { Output } from './output.ts';
import { choiceEvent, decisionWords } from './print/choice-words.ts';

/** `sdloop rate`: decides about images, takes the last decision back, or looks at pictures. */
export async function perform(invocation: Invocation): Promise<number> {
  const { input, flags, output } = invocation;
  const asked = readDeed(input, flags);
  if (typeof asked === 'string') {
    output.fail('usage', asked);
    return exitCode.wrongUsage;
  }
  const chooser = openProfileChooser(invocation);
  if (chooser === null) return exitCode.error;
  try {
    switch (asked.kind) {
      case 'undo':
        return await undo(chooser, output);
      case 'look':
        return await look(chooser, invocation);
      default:
        return await decide(
          chooser,
          invocation,
          input.map((path) => resolve(path)),
          asked,
        );
    }
  } finally {
    chooser.close();
  }
}

type Deed = Decision | { readonly kind: 'undo' } | { readonly kind: 'look' };

/** What is to be done, or a sentence. */
function readDeed(input: readonly string[], flags: Flags): Deed | string {
  const deeds: Deed[] = [
    ...(flags.stars === null ? [] : [{ kind: 'stars', stars: flags.stars } as const]),
    ...(flags.isKeeping ? [{ kind: 'keep' } as const] : []),
    ...(flags.isRejecting ? [{ kind: 'reject' } as const] : []),
    ...(flags.isClearing ? [{ kind: 'clear' } as const] : []),
    ...(flags.isUndoing ? [{ kind: 'undo' } as const] : []),
    ...(flags.isLooking ? [{ kind: 'look' } as const] : []),
  ];
  const [deed] = deeds;
  if (deed === undefined || deeds.length > 1)
    return 'Say one of --stars N, --keep, --reject, --clear, --undo and --look.';
  const wantsFiles = deed.kind !== 'undo' && deed.kind !== 'look';
  if (wantsFiles && input.length === 0) return 'Name the files: `sdloop rate FILE... --stars 4`.';
  if (!wantsFiles && input.length > 0) return `--${deed.kind} takes no files.`;
  return deed;
}

async function decide(
  chooser: Chooser,
  invocation: Invocation,
  files: readonly string[],
  decision: Decision,
): Promise<number> {
  const { output } = invocation;
  const chosen = await chooser.choose(files, decision);
  if (!chosen.ok) return fail(output, chosen.reason);
  const choices = await chooser.choicesOf([...chosen.paths.values()]);
  const now = Date.now();
  if (output.isJson) {
    for (const [index, [from, path]] of [...chosen.paths].entries())
      output.print(choiceEvent({ from, path, choice: choices[index]?.choice ?? null }, now));
  } else if (chosen.paths.size > 0) {
    output.print(decisionWords(decision, chosen.paths.size, callsOf(invocation)('rate --undo')));
  }
  return tellProblems(output, chosen.problems);
}

async function undo(chooser: Chooser, output: Output): Promise<number> {
  const undone = await chooser.undo();
  if (!undone.ok) return fail(output, undone.reason);
  if (undone.decision === null) return fail(output, 'There is no decision to take back.');
  if (output.isJson)
    output.print(choiceEvent({ undone: undone.decision.kind, count: undone.count }, Date.now()));
  else output.print(`Taken back: ${decisionWords(undone.decision, undone.count)}`);
  return tellProblems(output, undone.problems);
}

async function look(chooser: Chooser, invocation: Invocation): Promise<number> {
  const { output } = invocation;
  const ending = new AbortController();
  // What was looked at so far stays known.
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => ending.abort());
  const looked = await chooser.look(ending.signal);
  if (!looked.ok) return fail(output, looked.reason);
  const { count } = looked;
  if (output.isJson) output.print(choiceEvent({ looked: count }, Date.now()));
  else
    output.print(
      `Looked at ${formatCounted(count, 'picture')}; \`${callsOf(invocation)('images --flagged black')}\` and \`--flagged duplicate\` list what was seen.`,
    );
  return exitCode.done;
}

export function tellProblems(output: Output, problems: readonly string[]): number {
  for (const problem of problems) output.fail('file', problem);
  return problems.length === 0 ? exitCode.done : exitCode.error;
}

function fail(output: Output, reason: string): number {
  output.fail('choices', reason);
  return exitCode.error;
}
