import { rewrite } from './rewrite.ts';

/**
 * Yoga reads its WebAssembly from a `data:` address with `fetch` where there is one, and the first use of Node's makes it load
 * its whole HTTP stack: 40 ms before the first frame. Without it Yoga decodes the text itself, which Node does without a loop.
 */
export const yogaWithoutFetch = rewrite('yoga-without-fetch', /yoga-wasm-base64/, [
  [/typeof fetch/g, '"undefined"'],
  [/if\(ua\(a\)\)try\{var b=xa\(a\.slice\(37\)\)/, 'if(ua(a))return Buffer.from(a.slice(37),"base64");$&'],
]);
