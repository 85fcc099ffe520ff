/** The option that names a profile, as a person gives it: empty for the usual one, `--demo` for that of the demo. */
export function profileOption({ profile }: { readonly profile: string }): string {
  if (profile === 'default') return '';
  return profile === 'demo' ? '--demo' : `--profile ${profile}`;
}
