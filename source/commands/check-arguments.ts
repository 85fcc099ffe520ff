import { closeNames } from '../generation/close-names.ts';
import { cleanText } from '../presentation/clean-text.ts';
import { camelCase, flagOf } from '../settings/setting-names.ts';
import { type CommandName, commands, commandWords, isCommandWord } from './command-table.ts';
import { type Option, type OptionName, options } from './options.ts';

/** Which command the arguments mean, or a sentence about what is wrong with them. */
export type ArgumentsCheck =
  | { readonly ok: true; readonly command: CommandName }
  | { readonly ok: false; readonly message: string };

/** Checks what the parser lets pass: unknown words and flags, values that are missing, options of another command. */
export function checkArguments(argv: readonly string[]): ArgumentsCheck {
  const words = readWords(argv);
  const [first] = words.positionals;
  if (first !== undefined && !isCommandWord(first)) return wrong(unknownCommand(first));
  const command = first ?? 'screen';
  const allowed: readonly OptionName[] = commands[command].options;
  const seen = new Set<string>();
  for (const { name, flag, value } of words.flags) {
    const known = isOption(name) ? name : null;
    if (known === null) return wrong(unknownFlag(flag, command));
    if (!allowed.includes(known)) return wrong(otherCommandsFlag(flag, known, command));
    const { kind }: Option = options[known];
    const takesValue = kind === 'value' || kind === 'list';
    if (takesValue && value === null) return wrong(missingValue(flag, known));
    if (!takesValue && value !== null) return wrong(`${flag} takes no value.`);
    if (kind !== 'list' && seen.has(known)) return wrong(`${flag} is given twice.`);
    seen.add(known);
  }
  const extra = words.positionals[1];
  if (!takesWords.has(command) && extra !== undefined) {
    return wrong(`"${cleanText(extra)}" means nothing here. Quote a prompt that has spaces in it.`);
  }
  return { ok: true, command };
}

/** Commands that say themselves what the words after theirs mean. */
const takesWords: ReadonlySet<CommandName> = new Set([
  'config',
  'gallery',
  'ledger',
  'rate',
  'trash',
  'show',
  'again',
]);

type Flag = { readonly name: string; readonly flag: string; readonly value: string | null };

/** Splits the arguments as the parser will: a value may not begin with `-` unless it is a number or joined with `=`. */
function readWords(argv: readonly string[]): { flags: Flag[]; positionals: string[] } {
  const flags: Flag[] = [];
  const positionals: string[] = [];
  for (let index = 0; index < argv.length; index++) {
    const word = argv[index] ?? '';
    if (word === '--') {
      positionals.push(...argv.slice(index + 1));
      break;
    }
    if (!isFlag(word)) {
      positionals.push(word);
      continue;
    }
    const { flag, joined } = splitFlag(word);
    const name = nameOf(flag);
    const next = argv[index + 1];
    const takesNext = joined === null && takesValue(name) && next !== undefined && !isFlag(next);
    if (takesNext) index++;
    flags.push({ name, flag, value: takesNext ? next : joined });
  }
  return { flags, positionals };
}

function isFlag(word: string): boolean {
  return word.length > 1 && word.startsWith('-') && !/^-(\d|\.\d)/.test(word);
}

function splitFlag(word: string): { flag: string; joined: string | null } {
  const at = word.indexOf('=');
  return at < 0 ? { flag: word, joined: null } : { flag: word.slice(0, at), joined: word.slice(at + 1) };
}

/** Empty for what can be no option: one dash, capitals. */
function nameOf(flag: string): string {
  if (!/^--[a-z][a-z-]*$/.test(flag)) return '';
  const plain = camelCase(flag.slice(2));
  const negated = camelCase(flag.replace(/^--no-/, ''));
  const toggled: Option | null = flag.startsWith('--no-') && isOption(negated) ? options[negated] : null;
  return toggled?.kind === 'toggle' ? negated : plain;
}

function takesValue(name: string): boolean {
  return isOption(name) && 'placeholder' in options[name];
}

function isOption(name: string): name is OptionName {
  return Object.hasOwn(options, name);
}

function wrong(message: string): ArgumentsCheck {
  return { ok: false, message };
}

function unknownCommand(word: string): string {
  const close = closeNames(word, commandWords, 1)[0];
  const hint = close ? `Did you mean \`sdloop ${close}\`?` : '`sdloop --help` lists those there are.';
  return `There is no command "${cleanText(word)}". ${hint}`;
}

function unknownFlag(flag: string, command: CommandName): string {
  const close = closeNames(
    flagOf(flag.replace(/^-+/, '')).slice(2),
    commands[command].options.map((name) => flagOf(name).slice(2)),
    1,
  )[0];
  const hint = close
    ? `Did you mean --${close}?`
    : `\`${invocation(command)} --help\` lists those there are.`;
  return `There is no option ${cleanText(flag)}. ${hint}`;
}

function otherCommandsFlag(flag: string, name: OptionName, command: CommandName): string {
  const owners = commandWords.filter((word) => (commands[word].options as readonly string[]).includes(name));
  return `\`${invocation(command)}\` has no option ${flag}; it belongs to ${owners.map((word) => `\`sdloop ${word}\``).join(', ')}.`;
}

function missingValue(flag: string, name: OptionName): string {
  const { placeholder = 'VALUE' }: Option = options[name];
  return `${flag} needs a value: ${flag} ${placeholder}, or ${flag}=${placeholder} for one that begins with "-".`;
}

function invocation(command: CommandName): string {
  return command === 'screen' ? 'sdloop' : `sdloop ${command}`;
}
