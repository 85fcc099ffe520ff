import { checkpointName } from '../../presentation/checkpoint-name.ts';
import { describeFailure } from '../../presentation/describe-failure.ts';
import { formatMinutes } from '../../presentation/durations.ts';
import { formatCounted } from '../../presentation/numbers.ts';
import { shownUrl } from '../../presentation/shown-url.ts';
import type { Snapshot } from '../../presentation/snapshot.ts';
import type { Role } from '../text/span.ts';
import { wrapText } from '../text/wrap.ts';

/** A line of text with its role; the texts fit their width. */
export type RestingLine = { readonly text: string; readonly role: Role };

/** What the Now panel says while nothing runs: why, and which key goes on. */
export function restingLines(
  snapshot: Snapshot,
  size: { readonly width: number; readonly lineCount: number },
  ellipsis: string,
): RestingLine[] {
  const lines: RestingLine[] = [];
  for (const { text, role } of sentences(snapshot)) {
    const room = size.lineCount - lines.length;
    lines.push(...wrapText(text, size.width, room, ellipsis).map((line) => ({ text: line, role })));
  }
  return lines;
}

function sentences({ status, plan, url, throughput }: Snapshot): RestingLine[] {
  const next: RestingLine[] =
    plan === null
      ? []
      : [
          { text: checkpointName(plan.checkpoint), role: 'plain' },
          { text: plan.parameters.prompt, role: 'quiet' },
        ];
  switch (status.kind) {
    case 'connecting':
      return [{ text: `Asking ${shownUrl(url)}, attempt ${status.attemptCount}.`, role: 'plain' }, ...next];
    case 'idle':
      return [{ text: 'Nothing is planned. Press n to choose a checkpoint and a prompt.', role: 'plain' }];
    case 'generating':
      return [{ text: 'The next generation is on its way.', role: 'plain' }, ...next];
    case 'pausing':
    case 'paused':
      return [{ text: 'Press p to go on.', role: 'strong' }, ...next];
    case 'retrying':
    case 'needs-you': {
      const isBad = status.kind === 'needs-you';
      const { what, todo } = describeFailure(status.failure, { url, willRetry: !isBad });
      const goOn: RestingLine = { text: 'Then press p to go on.', role: 'strong' };
      return [
        { text: what, role: isBad ? 'bad' : 'warning' },
        { text: todo, role: 'plain' },
        ...(isBad ? [goOn] : [{ text: 'r tries again now.', role: 'quiet' } as const]),
      ];
    }
    case 'stopping':
      return [{ text: 'Ending.', role: 'plain' }];
    case 'stopped':
      return [
        {
          text: `${formatCounted(throughput.imageCount, 'image')} in ${formatMinutes(throughput.activeMs)}.`,
          role: 'strong',
        },
        { text: 'Press n to choose a checkpoint and a prompt.', role: 'plain' },
        ...next,
      ];
  }
}
