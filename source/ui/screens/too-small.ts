import { smallestTerminal } from '../areas.ts';
import type { Theme } from '../theme.ts';
import { paintRows, wrapRows } from './paint-rows.ts';

/** For terminals that hold no screen: what is missing, and the question that waits for an answer if there is one. */
export function paintTooSmall(
  facts: {
    readonly columns: number;
    readonly rows: number;
    readonly status: string;
    readonly question: string | null;
  },
  theme: Theme,
): string {
  const { columns, rows, status, question } = facts;
  const text = `sdloop needs ${smallestTerminal.columns} columns and ${smallestTerminal.rows} rows; here are ${columns} and ${rows}.`;
  const parts = [status, text, question ?? 'Enlarge the window. Ctrl-C leaves.'];
  const area = { width: columns, height: Math.max(1, rows) };
  const lines = parts.flatMap((part) => wrapRows(part, 'plain', area, theme)).slice(0, rows);
  return paintRows(lines, columns, theme).join('\n');
}
