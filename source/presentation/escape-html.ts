import { cleanText } from './clean-text.ts';

/** Outside text for the inside of an element or a quoted attribute: without controls, and nothing in it is markup. */
export function escapeHtml(text: string): string {
  return cleanText(text).replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}
