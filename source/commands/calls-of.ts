import type { Invocation } from './invocation.ts';
import { profileOption } from './profile-option.ts';

/** How commands for this loop are called, as this program was: who only has a clone has no `sdloop`. */
export function callsOf({
  flags,
  environment,
}: Pick<Invocation, 'flags' | 'environment'>): (command: string | null) => string {
  const program = environment.npm_lifecycle_event === 'start' ? 'npm start --' : 'sdloop';
  return (command) => [program, command, profileOption(flags)].filter(Boolean).join(' ').replace(/ --$/, '');
}
