import { closeSync, openSync, readSync, statSync } from 'node:fs';
import { cleanText } from '../presentation/clean-text.ts';

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
    const size = sizeOf(path);
    const start = Math.max(from, size - maxByteCount);
    const bytes = Buffer.alloc(Math.max(0, size - start));
    const file = openSync(path, 'r');
    try {
      readSync(file, bytes, 0, bytes.length, start);
    } finally {
      closeSync(file);
    }
    const lines = bytes.toString('utf8').split('\n').map(cleanText);
    const error = lines.findLast((line) => errorLine.test(line));
    return (error ?? lines.findLast((line) => line.trim() !== '') ?? '').trim();
  } catch {
    return '';
  }
}

/** 0 for a file that is not there, bytes. */
export function sizeOf(path: string): number {
  return statSync(path, { throwIfNoEntry: false })?.size ?? 0;
}
