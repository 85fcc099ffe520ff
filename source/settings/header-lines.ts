import type { Access } from '../generation/access.ts';

/** Those that carry the request itself; a request with another value of them would not be one. */
const ownHeaders = [
  ...['host', 'connection', 'keep-alive', 'upgrade', 'te', 'trailer', 'transfer-encoding', 'expect'],
  ...['content-length', 'content-type', 'accept-encoding'],
];

/** Reads headers, one a line as `Name: value`; null when a line is none that may be sent. Lines are never quoted: they are secret. */
export function readHeaderLines(text: string): Access['headers'] | null {
  const lines = text.split(/\r?\n/).filter((line) => line.trim() !== '');
  const headers = lines.map(readHeaderLine);
  return headers.includes(null) ? null : headers.filter((header) => header !== null);
}

/** A value may be Latin-1 and nothing else (RFC 9110 5.5). */
function readHeaderLine(line: string): Access['headers'][number] | null {
  const [, name = '', value = ''] =
    /^\s*([!#$%&'*+.^_`|~\w-]+):[\t ]+([\t\x20-\x7e\xa0-\xff]*\S)\s*$/.exec(line) ?? [];
  const lower = name.toLowerCase();
  return lower === '' || ownHeaders.includes(lower) ? null : [lower, value];
}
