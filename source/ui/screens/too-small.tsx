import { Text } from 'ink';
import type { ReactElement } from 'react';
import { smallestTerminal } from '../areas.ts';
import { useTheme } from '../theme.ts';
import { paintRows, wrapRows } from './paint-rows.ts';

/** For terminals that hold no screen: what is missing, and the question that waits for an answer if there is one. */
export function TooSmall(props: {
  readonly columns: number;
  readonly rows: number;
  readonly status: string;
  readonly question: string | null;
}): ReactElement {
  const theme = useTheme();
  const { columns, rows, status, question } = props;
  const text = `sdloop needs ${smallestTerminal.columns} columns and ${smallestTerminal.rows} rows; here are ${columns} and ${rows}.`;
  const parts = [status, text, question ?? 'Enlarge the window. Ctrl-C leaves.'];
  const area = { width: columns, height: Math.max(1, rows) };
  const lines = parts.flatMap((part) => wrapRows(part, 'plain', area, theme)).slice(0, rows);
  return <Text wrap="truncate">{paintRows(lines, columns, theme).join('\n')}</Text>;
}
