import { describePolicies } from '../presentation/describe-policy.ts';

/** `sdloop help failures`: what is done about each kind of trouble, within 80 columns. */
export function failuresHelp(): string {
  const entries = describePolicies().map(({ kind, what, done, often, seen }) =>
    [kind, ...[what, `Done: ${done}.`, `When: ${often}.`, `Seen: ${seen}.`].flatMap(indented)].join('\n'),
  );
  const start = 'What is done about trouble, by the kind that --json and the ledger name.';
  return [start, ...entries].join('\n\n');
}

const width = 78;

function indented(sentence: string): string[] {
  const lines: string[] = [];
  let line = ' ';
  for (const word of sentence.split(' ')) {
    if (line.length + 1 + word.length > width) {
      lines.push(line);
      line = '       ';
    }
    line += ` ${word}`;
  }
  return [...lines, line];
}
