import { flagOf } from '../settings/setting-names.ts';
import { type CommandEntry, type CommandName, commands } from './command-table.ts';
import { type Option, type OptionName, options } from './options.ts';

/** The help of one command, made from the tables; `screen` is the help of the whole. */
export function helpText(name: CommandName): string {
  const command = commands[name];
  const sections =
    name === 'screen'
      ? [
          'Keeps a Stable Diffusion WebUI generating, for ever, and lets you watch.',
          examples(command),
          section('Commands', columns(Object.values(commands).map(commandRow))),
          optionSection(command),
          'Each command has its own help: sdloop run --help\nWhat is done about each kind of trouble: sdloop help failures',
        ]
      : [
          `sdloop ${command.usage}\n${command.summary}`,
          examples(command),
          optionSection(command),
          ...command.notes,
        ];
  return `${sections.filter((part) => part !== '').join('\n\n')}\n`;
}

/** How an option is written: `--steps N`, `--[no-]restore-faces`. */
export function optionUsage(name: OptionName): string {
  const { kind, placeholder }: Option = options[name];
  if (kind === 'toggle') return `--[no-]${flagOf(name).slice(2)}`;
  return placeholder === undefined ? flagOf(name) : `${flagOf(name)} ${placeholder}`;
}

function commandRow({ usage, summary }: CommandEntry): [string, string] {
  return [`sdloop ${usage}`, summary];
}

function examples({ examples: rows }: CommandEntry): string {
  return section('Examples', columns(rows.map(([command, effect]) => [`$ ${command}`, effect])));
}

function optionSection(command: CommandEntry): string {
  const rows = command.options.map((name): [string, string] => [optionUsage(name), options[name].help]);
  const always: [string, string][] = [['--help', 'this text']];
  if (command === commands.screen) always.push(['--version', 'the version']);
  return section('Options', columns([...rows, ...always]));
}

function section(title: string, body: string): string {
  return `${title}\n${body}`;
}

/** Two columns; a first part that is longer than most pushes its second part to the right alone. */
function columns(rows: readonly (readonly [string, string])[]): string {
  const width = Math.max(...rows.filter(([, second]) => second !== '').map(([first]) => first.length));
  return rows
    .map(([first, second]) => `  ${first.padEnd(second === '' ? 0 : width)}  ${second}`.trimEnd())
    .join('\n');
}
