/** What the built-in WebUI can play, as `--family` names it; apart from the rest, so that a command can list them quickly. */
export const demoFamilyNames = [
  'a1111',
  'a1111-1.8',
  'forge',
  'forge-neo',
  'forge-classic',
  'reforge',
  'sdnext',
  'koboldcpp',
  'sd-cpp',
] as const;

export type DemoFamilyName = (typeof demoFamilyNames)[number];

export function isDemoFamily(text: string): text is DemoFamilyName {
  return (demoFamilyNames as readonly string[]).includes(text);
}
