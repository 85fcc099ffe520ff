import { Text } from 'ink';
import { memo, type ReactElement } from 'react';
import { cleanText } from '../../presentation/clean-text.ts';
import { formatHourMinute } from '../../presentation/clock-time.ts';
import type { Message, Snapshot } from '../../presentation/snapshot.ts';
import { questionText } from '../questions.ts';
import type { ScreenState } from '../screen-state.ts';
import { paintLine } from '../text/paint.ts';
import type { Role, Span } from '../text/span.ts';
import { useTheme } from '../theme.ts';

type MessageLineProps = {
  readonly state: Pick<ScreenState, 'overlay' | 'note' | 'screen'>;
  readonly snapshot: Snapshot;
  readonly width: number;
  readonly now: number;
};

/** The line above the footer: a question, the answer to the last key, or else the newest message of the loop. */
export const MessageLine = memo(function MessageLine(props: MessageLineProps): ReactElement {
  const theme = useTheme();
  return <Text wrap="truncate">{paintLine(messageSpans(props), props.width, theme)}</Text>;
});

export function messageSpans({ state, snapshot, now }: Omit<MessageLineProps, 'width'>): Span[] {
  const question = state.overlay === null ? null : questionText(state.overlay, snapshot);
  if (question !== null) return [{ text: ` ${question}`, role: 'warning' }];
  if (state.note !== null) {
    const { text, tone } = state.note;
    return [{ text: ` ${cleanText(text)}`, role: tone === 'warning' ? 'warning' : 'accent' }];
  }
  // While connecting, the screen itself says what happened last.
  if (state.screen.kind === 'connect') return [];
  const message = snapshot.messages.at(-1);
  if (message === undefined || now - message.at > shownForMs) return [];
  return [
    { text: ` ${formatHourMinute(message.at)}  `, role: 'quiet' },
    { text: cleanText(message.text), role: tones[message.tone] },
  ];
}

/** Older messages are in the panel for them, where there is one, and would only seem new here. */
const shownForMs = 10 * 60_000;

const tones: Readonly<Record<Message['tone'], Role>> = {
  info: 'plain',
  good: 'good',
  warning: 'warning',
  bad: 'bad',
};
