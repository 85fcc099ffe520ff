import type { Access } from '../generation/access.ts';
import { readHeaderLines } from './header-lines.ts';
import { readPrivateFile } from './private-file.ts';
import type { Reading } from './read-text.ts';

/** What an auth file holds; the message of a reading never quotes it. */
export type AuthFile = {
  /** `user:password`, or null. */
  readonly auth: string | null;
  readonly headers: Access['headers'];
};

/** Tokens are a few hundred bytes. */
const mostBytes = 65_536;

/**
 * Reads credentials from a file of this user alone: `user:password` or `Bearer TOKEN` in its first line, headers (`Name: value`) in the
 * others or in all.
 */
export function readAuthFile(path: string): Reading<AuthFile> {
  const text = readPrivateFile(path, { name: 'auth file', flag: '--auth-file', mostBytes });
  if (!text.ok) return text;
  const [first = '', ...rest] = text.value
    .replace(/^\ufeff/, '')
    .trim()
    .split(/\r?\n/);
  const bearer = /^Bearer +(\S+)$/i.exec(first.trim())?.[1];
  const isHeader = bearer === undefined && readHeaderLines(first)?.length === 1;
  const isAuth = bearer === undefined && !isHeader && /^[^:\s][^:]*:[^\s\p{Cc}]\P{Cc}*$/u.test(first);
  if (bearer !== undefined) rest.unshift(`Authorization: Bearer ${bearer}`);
  if (isHeader) rest.unshift(first);
  const headers = readHeaderLines(rest.join('\n'));
  if (headers === null || (bearer === undefined && !isHeader && !isAuth)) {
    return refuse(
      `The auth file ${path} cannot be used: its first line must be user:password or "Bearer TOKEN", each other line a header such as "Name: value".`,
    );
  }
  return { ok: true, value: { auth: isAuth ? first : null, headers } };
}

function refuse(message: string): Reading<never> {
  return { ok: false, message };
}
