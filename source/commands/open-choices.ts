import { existsSync } from 'node:fs';
import { choicesPath } from '../choosing/open-choices.ts';
import { openChooser } from '../choosing/open-chooser.ts';
import type { Chooser } from '../presentation/choosing.ts';
import { stateDirectory } from '../settings/directories.ts';
import type { Invocation } from './invocation.ts';

/** Opens the choices of the profile that is meant; null after saying why they cannot be. */
export function openProfileChooser({
  flags,
  environment,
  output,
}: Pick<Invocation, 'flags' | 'environment' | 'output'>): Chooser | null {
  const opened = openChooser(stateDirectory(environment, flags.profile));
  if (opened.ok) return opened.chooser;
  output.fail('choices', opened.reason);
  return null;
}

/** Whether anything was ever decided in the profile: a list alone makes no file. */
export function hasChoices({ flags, environment }: Pick<Invocation, 'flags' | 'environment'>): boolean {
  return existsSync(choicesPath(stateDirectory(environment, flags.profile)));
}
