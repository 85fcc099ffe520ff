import { checkpointName } from '../../presentation/checkpoint-name.ts';
import { describeFailure } from '../../presentation/describe-failure.ts';
import { formatMinutes } from '../../presentation/durations.ts';
import { formatCounted } from '../../presentation/numbers.ts';
import { shownUrl } from '../../presentation/shown-url.ts';
import type { Snapshot } from '../../presentation/snapshot.ts';
import type { Role } from '../text/span.ts';
import { fitText } from '../text/width.ts';
import { wrapText } from '../text/wrap.ts';

/** A line of text with its role; the texts fit their width. */
export type RestingLine = { readonly text: string; readonly role: Role };

/** What the Now panel says while nothing runs: why, and which key goes on. */
export function restingLines(
  snapshot: Snapshot,
  size: { readonly width: number; readonly lineCount: number },
  ellipsis: string,
): RestingLine[] {
  const { said, key } = sentences(snapshot);
  // However long the trouble is, the key that goes on is named.
  const lineCount = size.lineCount - (key === null ? 0 : 1);
  const lines: RestingLine[] = [];
  for (const { text, role } of said) {
    const room = lineCount - lines.length;
    lines.push(...wrapText(text, size.width, room, ellipsis).map((line) => ({ text: line, role })));
  }
  return key === null ? lines : [...lines, { text: fitText(key, size.width, ellipsis), role: 'strong' }];
}

/** What is said, and the sentence with the key that goes on. */
type Sentences = { readonly said: readonly RestingLine[]; readonly key: string | null };

function sentences({ status, plan, url, throughput }: Snapshot): Sentences {
  const next: RestingLine[] =
    plan === null
      ? []
      : [
          { text: checkpointName(plan.checkpoint), role: 'plain' },
          { text: plan.parameters.prompt, role: 'quiet' },
        ];
  switch (status.kind) {
    case 'connecting':
      return {
        said: [{ text: `Asking ${shownUrl(url)}, attempt ${status.attemptCount}.`, role: 'plain' }, ...next],
        key: null,
      };
    case 'idle':
      return { said: [{ text: 'Nothing is planned.', role: 'plain' }], key: 'Press n to set something up.' };
    case 'generating':
      return { said: [{ text: 'The next generation is on its way.', role: 'plain' }, ...next], key: null };
    case 'pausing':
    case 'paused':
      return { said: next, key: 'Press p to resume.' };
    case 'retrying':
    case 'needs-you': {
      const isBad = status.kind === 'needs-you';
      const { what, todo } = describeFailure(status.failure, { url, willRetry: !isBad });
      return {
        said: [
          { text: what, role: isBad ? 'bad' : 'warning' },
          { text: todo, role: 'plain' },
        ],
        key: isBad ? 'Then press p to go on.' : 'Press r to try now.',
      };
    }
    case 'restarting': {
      const { what } = describeFailure(status.reason, { url });
      return {
        said: [
          { text: what, role: 'warning' },
          { text: 'The WebUI is being restarted; then it goes on by itself.', role: 'plain' },
        ],
        key: null,
      };
    }
    case 'stopping':
      return { said: [{ text: 'Ending.', role: 'plain' }, ...next], key: 'Press p to go on after all.' };
    case 'stopped':
      return {
        said: [
          {
            text: `${formatCounted(throughput.imageCount, 'image')} in ${formatMinutes(throughput.activeMs)}.`,
            role: 'strong',
          },
          ...next,
        ],
        key: plan === null ? 'Press n to set something up.' : 'Press p to start again, n for new.',
      };
  }
}
