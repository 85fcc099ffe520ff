import { cleanText } from '../presentation/clean-text.ts';
import { readEnd, sizeOf } from './read-end.ts';

/** As much as a sentence can hold, bytes. */
const maxByteCount = 2000;

/** How Node begins the one line of an uncaught error that a person can use; a stack and a version follow it. */
const errorLine = /^(?:\w*Error|\w*Exception|FATAL ERROR)\b/;

/**
 * The last words that a process wrote behind `from`, cleaned: its uncaught error, else its last line; empty when there are none or the
 * file cannot be read.
 */
export function lastWords(path: string, from: number): string {
  try {
    const written = Math.max(0, sizeOf(path) - from);
    const lines = readEnd(path, Math.min(maxByteCount, written)).toString('utf8').split('\n').map(cleanText);
    const error = lines.findLast((line) => errorLine.test(line));
    return (error ?? lines.findLast((line) => line.trim() !== '') ?? '').trim();
  } catch {
    return '';
  }
}
