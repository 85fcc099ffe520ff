import * as v from 'valibot';

/** A WebUI's address, without credentials in it: they would be shown. */
export const urlSchema = v.pipe(v.string(), v.maxLength(4096), v.check(isWebAddress));

/** `user:password`, or null. */
export const authSchema = v.nullable(v.pipe(v.string(), v.maxLength(4096), v.includes(':')));

function isWebAddress(text: string): boolean {
  const url = URL.parse(text);
  return url !== null && /^https?:$/.test(url.protocol) && url.username === '' && url.password === '';
}
