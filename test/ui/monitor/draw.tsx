import { stripVTControlCharacters } from 'node:util';
import { renderToString } from 'ink';
import type { ReactNode } from 'react';
import { createTheme, ThemeContext } from '../../../source/ui/theme.ts';

/** The lines that a person would see, with their trailing spaces removed. */
export function drawLines(node: ReactNode, columns: number, { isAscii = false } = {}): string[] {
  return stripVTControlCharacters(drawRaw(node, columns, { isAscii })).split('\n');
}

/** What Ink makes of the node, colours included. */
export function drawRaw(node: ReactNode, columns: number, { isAscii = false } = {}): string {
  const theme = createTheme({ hasColour: true, hasUnicode: !isAscii });
  return renderToString(<ThemeContext value={theme}>{node}</ThemeContext>, { columns });
}
