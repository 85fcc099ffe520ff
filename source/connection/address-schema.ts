import * as v from 'valibot';

/** A WebUI's address, without credentials in it: they would be shown. */
export const urlSchema = v.pipe(v.string(), v.maxLength(4096), v.check(isWebAddress));

/** `user:password`, or null. */
export const authSchema = v.nullable(v.pipe(v.string(), v.maxLength(4096), v.includes(':')));

const headerSchema = v.tuple([v.pipe(v.string(), v.maxLength(200)), v.pipe(v.string(), v.maxLength(65_536))]);

/** What else the address asks for. */
export const accessSchema = v.object({
  headers: v.pipe(v.array(headerSchema), v.maxLength(200)),
  identity: v.nullable(v.object({ certificate: v.string(), key: v.string() })),
  certificates: v.nullable(v.string()),
  isInsecure: v.boolean(),
});

function isWebAddress(text: string): boolean {
  const url = URL.parse(text);
  return url !== null && /^https?:$/.test(url.protocol) && url.username === '' && url.password === '';
}
