import { type CommandName, commands } from '../../source/commands/command-table.ts';
import { optionUsage } from '../../source/commands/help.ts';
import { type OptionName, options } from '../../source/commands/options.ts';
import { faultGrammar, faultKinds } from '../../source/demo/faults.ts';
import { describePolicies } from '../../source/presentation/describe-policy.ts';
import type { Binding } from '../../source/ui/keys/binding.ts';
import { generalBindings } from '../../source/ui/keys/general-bindings.ts';
import { fileListBindings, filterBindings, loopBindings } from '../../source/ui/keys/monitor-bindings.ts';
import { familyRows } from './family-rows.ts';

/** The tables of the README that are made from the program's own, by the name of their place. */
export const tables: Readonly<Record<string, () => string>> = {
  commands: () => table(['Command', 'What it does'], Object.values(commands).map(commandRow)),
  options: () =>
    table(
      ['Option', 'What it says', 'Commands'],
      (Object.keys(options) as OptionName[]).map((name) => [
        code(optionUsage(name)),
        options[name].help,
        ownersOf(name),
      ]),
    ),
  families: () =>
    table(
      [
        'WebUI',
        'Images at once',
        'In flight',
        'Seeds',
        'Sides',
        'Checkpoint chosen',
        'Progress',
        'Files written by',
      ],
      familyRows(),
    ),
  keys: () =>
    table(
      ['Key', 'What it does'],
      [
        ...keyGroup('The loop', loopBindings),
        ...keyGroup('The files', fileListBindings),
        ...keyGroup('While a filter is typed', filterBindings),
        ...keyGroup('Everywhere', generalBindings),
      ],
    ),
  failures: () =>
    table(
      ['Kind', 'What happened', 'What is done', 'When', 'State'],
      describePolicies().map(({ kind, what, done, often, seen }) => [code(kind), what, done, often, seen]),
    ),
  faults: () =>
    table(
      [`Fault (\`${faultGrammar}\`)`, 'What happens'],
      Object.entries(faultKinds).map(([kind, { about, value, isValueRequired }]) => [
        code(isValueRequired ? `${kind}:N` : kind),
        value === null ? about : `${about}; N: ${value}`,
      ]),
    ),
};

/** Puts the tables into their places in the README's text: between `<!-- NAME -->` and `<!-- /NAME -->`. */
export function withTables(readme: string): string {
  return Object.entries(tables).reduce((text, [name, make]) => {
    const [start, end] = [`<!-- ${name} -->`, `<!-- /${name} -->`];
    const [from, to] = [text.indexOf(start), text.indexOf(end)];
    if (from < 0 || to < from) throw new Error(`The README has no place for the table "${name}".`);
    return `${text.slice(0, from + start.length)}\n\n${make()}\n\n${text.slice(to)}`;
  }, readme);
}

function commandRow({ usage, summary }: { readonly usage: string; readonly summary: string }): string[] {
  return [code(`sdloop ${usage}`), summary];
}

/** The commands that take an option; the screen is plain `sdloop`. */
function ownersOf(name: OptionName): string {
  const owners = (Object.keys(commands) as CommandName[]).filter((command) =>
    (commands[command].options as readonly string[]).includes(name),
  );
  return owners.join(', ');
}

function keyGroup(title: string, bindings: readonly Binding[]): string[][] {
  return [[`**${title}**`, ''], ...bindings.map((binding) => [keysOf(binding), binding.help])];
}

/** All keys, as a person writes them: `Ctrl-U`, `PgUp`, `space`. */
function keysOf({ keys }: Binding): string {
  return keys.map((key) => code(keyNames[key] ?? key.replace(/^ctrl\+(.)$/, writeControl))).join(' ');
}

function writeControl(_: string, letter: string): string {
  return `Ctrl-${letter.toUpperCase()}`;
}

const keyNames: Readonly<Record<string, string>> = {
  up: '↑',
  down: '↓',
  enter: 'Enter',
  escape: 'Esc',
  space: 'Space',
  home: 'Home',
  end: 'End',
  pageup: 'PgUp',
  pagedown: 'PgDn',
  backspace: 'Backspace',
};

function code(text: string): string {
  return `\`${text}\``;
}

function table(header: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
  return [line(header), line(header.map(() => '---')), ...rows.map((row) => line(row.map(escapeCell)))].join(
    '\n',
  );
}

function escapeCell(text: string): string {
  return text.replaceAll('|', '\\|');
}
