import { cleanText } from './clean-text.ts';

/** An address as it may be shown: cleaned, without user and password. */
export function shownUrl(url: string): string {
  return cleanText(url)
    .replace(/^([a-z][a-z0-9+.-]*:\/\/)[^/?#]*@/i, '$1')
    .replace(/\/$/, '');
}
