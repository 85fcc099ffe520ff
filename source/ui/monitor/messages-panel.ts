import { formatClock } from '../../presentation/clock-time.ts';
import type { Message } from '../../presentation/snapshot.ts';
import { paintPanel } from '../components/panel.ts';
import { paintLine } from '../text/paint.ts';
import type { Role, Span } from '../text/span.ts';
import { wrapText } from '../text/wrap.ts';
import type { Theme } from '../theme.ts';

const title: readonly Span[] = [{ text: 'Messages' }];

/** How each tone looks; the message line above the footer uses it too. */
export const messageRoles: Readonly<Record<Message['tone'], Role>> = {
  info: 'plain',
  good: 'good',
  warning: 'warning',
  bad: 'bad',
};

type MessagesFacts = {
  readonly messages: readonly Message[];
  readonly width: number;
  readonly height: number;
  readonly theme: Theme;
};

/** What happened lately, newest first, for screens that are wide enough. */
export function paintMessagesPanel({ messages, width, height, theme }: MessagesFacts): string {
  const lines = paintMessages(messages, { width: width - 4, lineCount: height - 2 }, theme);
  return paintPanel({ title, width, height, lines }, theme);
}

const longestMessage = 4;

function paintMessages(
  messages: readonly Message[],
  { width, lineCount }: { readonly width: number; readonly lineCount: number },
  theme: Theme,
): string[] {
  if (messages.length === 0)
    return [paintLine([{ text: 'Nothing happened yet.', role: 'quiet' }], width, theme)];
  const indent = ' '.repeat(10);
  return messages
    .toReversed()
    .flatMap(({ at, text, tone }) =>
      wrapText(text, width - indent.length, longestMessage, theme.glyphs.ellipsis).map(
        (line, index): Span[] => [
          { text: index === 0 ? `${formatClock(at)}  ` : indent, role: 'quiet' },
          { text: line, role: messageRoles[tone] },
        ],
      ),
    )
    .slice(0, lineCount)
    .map((line) => paintLine(line, width, theme));
}
