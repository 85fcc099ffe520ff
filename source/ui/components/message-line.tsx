import { Text } from 'ink';
import { memo, type ReactElement } from 'react';
import { type SayingFacts, saidLine } from '../said-line.ts';
import { paintLine, spansWidth } from '../text/paint.ts';
import { useTheme } from '../theme.ts';

/** The line above the footer: what there is to say, the most urgent first. */
export const MessageLine = memo(function MessageLine(props: SayingFacts): ReactElement {
  const theme = useTheme();
  const { said, mark } = saidLine(props);
  const end = mark === null ? [] : [mark];
  const endWidth = spansWidth(end);
  const line = paintLine(said, props.width - endWidth, theme) + paintLine(end, endWidth, theme);
  return <Text wrap="truncate">{line}</Text>;
});
