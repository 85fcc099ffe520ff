import { stripVTControlCharacters } from 'node:util';
import { createTheme, type Theme } from '../../../source/ui/theme.ts';

/** The lines that a person would see. */
export function drawLines(paint: (theme: Theme) => string, { isAscii = false } = {}): string[] {
  return stripVTControlCharacters(drawRaw(paint, { isAscii })).split('\n');
}

/** What is painted, colours included. */
export function drawRaw(paint: (theme: Theme) => string, { isAscii = false } = {}): string {
  return paint(createTheme({ hasColour: true, hasUnicode: !isAscii }));
}
