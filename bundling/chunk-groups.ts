/**
 * Which modules are loaded together. Left to itself the bundler makes a file for each set of commands that share something; a screen then
 * loads 45 of them before its first frame, and each costs Node half a millisecond or more, whatever its size.
 */
export const chunkGroups = [
  // For `--version` and `--help`, which load nothing else.
  group('base', [
    'commands/(?:check-arguments|command-table|exit-code|help|hush-sqlite-warning|keep-compiled|options|output|parse-words)\\.',
    'commands/print/json-line\\.',
    'generation/close-names\\.',
    'presentation/(?:clean-text|family-names)\\.',
    'settings/(?:directories|setting-names)\\.',
  ]),
  group('core', ['(?:generation|plan|stats|presentation)/']),
  // For the commands that ask a loop, which need none of the settings.
  group('link', [
    'connection/',
    'settings/terminal-abilities\\.',
    'commands/(?:calls-of|flags|runner-place|spare-memory)\\.',
    'commands/print/(?:notice-event|status)\\.',
  ]),
  group('settings', ['settings/', 'commands/(?:connect|open-settings|runner-start)\\.']),
  group('text', ['ui/text/', 'ui/theme\\.']),
  // All of the screen but what comes after its first frame.
  group('screen', [
    'ui/(?!render-app|app\\.)',
    'commands/(?:gallery-options|initial-screen|screen|screen-loop)\\.',
  ]),
].map((group, index, { length }) => ({ ...group, priority: length - index }));

function group(name: string, paths: readonly string[]) {
  return { name, test: new RegExp(`/source/(?:${paths.join('|')})`) };
}
