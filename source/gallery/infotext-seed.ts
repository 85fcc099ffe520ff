/**
 * The seed in an infotext's last line (webui-api.md 9.7), where a prompt cannot pretend to be one unless it is the last line itself;
 * null when there is none.
 */
export function seedInInfotext(infotext: string): number | null {
  const lastLine = infotext.trimEnd().split('\n').at(-1) ?? '';
  const match = /(?:^|,\s*)Seed:\s*(\d{1,10})(?=\s*(?:,|$))/.exec(lastLine);
  return match ? Number(match[1]) : null;
}
