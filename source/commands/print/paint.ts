import { styleText } from 'node:util';
import type { Environment } from '../../settings/environment.ts';
import { terminalAbilities } from '../../settings/terminal-abilities.ts';

/** Gives a text its weight where colour is wanted, else leaves it as it is. */
export type Paint = (style: 'bold' | 'dim', text: string) => string;

/** For what goes to standard output. */
export function createPaint(environment: Environment, colour: 'auto' | 'always' | 'never'): Paint {
  const { hasColour } = terminalAbilities(environment, process.stdout, colour);
  // Whether to style is settled here: `styleText` would look at the stream and the environment again.
  return (style, text) => (hasColour ? styleText(style, text, { validateStream: false }) : text);
}
