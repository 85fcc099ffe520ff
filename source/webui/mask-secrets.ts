import type { Access } from '../generation/access.ts';

/** Takes the credentials of one address out of what a WebUI says: servers and proxies repeat headers in their error pages. */
export type SecretMask = {
  /** For words that a person reads. */
  words(text: string): string;
  /** Every text in plain data; a failure's as words, anything else's as names. */
  data<T>(value: T): T;
};

/** In an error text this much is taken for the secret and no chance; characters. */
const shortestInWords = 4;

/** Names of checkpoints are used, so only what cannot be a part of one by chance is taken out; characters. */
const shortestInNames = 8;

const sign = '***';

/** The mask for what is sent to an address; case does not matter, as `URL` and proxies change it. */
export function createSecretMask(auth: string | null, access: Access): SecretMask {
  const secrets = [...(auth === null ? [] : partsOfAuth(auth)), ...access.headers.flatMap(partsOfHeader)];
  const forms = [...new Set(secrets.flatMap(formsOf))].toSorted((a, b) => b.length - a.length);
  const inWords = patternOf(forms, shortestInWords);
  const inNames = patternOf(forms, shortestInNames);
  return {
    words: (text) => (inWords === null ? text : text.replace(inWords, sign)),
    data: (value) => {
      const pattern = isFailure(value) ? inWords : inNames;
      return pattern === null ? value : maskData(value, pattern);
    },
  };
}

function partsOfAuth(auth: string): string[] {
  return [auth, auth.slice(auth.indexOf(':') + 1), Buffer.from(auth).toString('base64').replace(/=+$/, '')];
}

/** The whole value, and the token, cookies or fields in it. */
function partsOfHeader([, value]: Access['headers'][number]): string[] {
  return [
    value,
    ...value.split(/[\s;,]+/).flatMap((part) => [part, part.slice(part.indexOf('=') + 1)]),
  ].filter((part) => !/^(?:basic|bearer|digest|token|negotiate)$/i.test(part));
}

/** As it may stand in JSON (with and without non-ASCII characters) and in an address. */
function formsOf(secret: string): string[] {
  const json = JSON.stringify(secret).slice(1, -1);
  const ascii = json.replace(/[^ -~]/g, (one) => `\\u${one.charCodeAt(0).toString(16).padStart(4, '0')}`);
  return [secret, json, ascii, encodeURIComponent(secret.toWellFormed())];
}

function patternOf(forms: readonly string[], shortest: number): RegExp | null {
  const long = forms.filter((form) => form.length >= shortest);
  if (long.length === 0) return null;
  return new RegExp(long.map((form) => form.replace(/[\\^$.*+?()[\]{}|/-]/g, '\\$&')).join('|'), 'gi');
}

function isFailure(value: unknown): boolean {
  return typeof value === 'object' && value !== null && 'ok' in value && value.ok === false;
}

/** Images in it stay as they are. */
function maskData<T>(value: T, pattern: RegExp): T;
function maskData(value: unknown, pattern: RegExp): unknown {
  if (typeof value === 'string') return value.replace(pattern, sign);
  if (Array.isArray(value)) return value.map((each) => maskData(each, pattern));
  if (typeof value !== 'object' || value === null || value instanceof Uint8Array) return value;
  return Object.fromEntries(Object.entries(value).map(([name, held]) => [name, maskData(held, pattern)]));
}
