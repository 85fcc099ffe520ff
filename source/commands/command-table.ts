import { demoFamilyNames } from '../demo/family-names.ts';
import { addressOptions, generationOptions, type OptionName } from './options.ts';

export type CommandName =
  | 'screen'
  | 'run'
  | 'status'
  | 'pause'
  | 'resume'
  | 'skip'
  | 'interrupt'
  | 'stop'
  | 'logs'
  | 'models'
  | 'samplers'
  | 'images'
  | 'gallery'
  | 'rate'
  | 'trash'
  | 'show'
  | 'again'
  | 'report'
  | 'ledger'
  | 'demo'
  | 'config';

export type CommandEntry = {
  /** After `sdloop`. */
  readonly usage: string;
  readonly summary: string;
  readonly options: readonly OptionName[];
  readonly examples: readonly (readonly [command: string, effect: string])[];
  /** Paragraphs at the end of its help. */
  readonly notes: readonly string[];
};

/** Every command, in the order of the help. `screen` is the one without a word of its own. */
export const commands: Readonly<Record<CommandName, CommandEntry>> = {
  screen: {
    usage: '[options]',
    summary: 'the screen: set up a loop or join it',
    options: [
      ...addressOptions,
      ...generationOptions,
      'outputDir',
      'save',
      'count',
      'minFree',
      'allowSmaller',
      'wireLimit',
      'resumeAfterCrash',
      'restartCommand',
      'restartPatience',
      'restartWhenRam',
      'profile',
      'demo',
      'family',
      'color',
      'pictures',
    ],
    examples: [
      ['sdloop', 'watch the WebUI at http://127.0.0.1:7860'],
      ['sdloop --demo', 'try it without a GPU or a WebUI'],
      ['sdloop run --model dreamshaper --prompt "a lighthouse" --count 8', ''],
      ['sdloop models --url http://gpu-box:7860', ''],
    ],
    notes: [],
  },
  run: {
    usage: 'run [options]',
    summary: 'generate without the screen',
    options: [
      ...addressOptions,
      ...generationOptions,
      'outputDir',
      'save',
      'count',
      'detach',
      'minFree',
      'allowSmaller',
      'wireLimit',
      'resumeAfterCrash',
      'restartCommand',
      'restartPatience',
      'restartWhenRam',
      'profile',
      'wait',
      'demo',
      'family',
      'json',
      'color',
    ],
    examples: [
      ['sdloop run --model dreamshaper --prompt "a lighthouse"', 'for ever'],
      ['sdloop run --demo --model demo-landscape --prompt dusk --count 8 --json', ''],
    ],
    notes: [
      'With --detach it returns once the loop runs: `sdloop` shows it, `sdloop status`\ntells of it, `sdloop stop` ends it. Given again after a crash it goes on.',
      'Ctrl-C, SIGTERM or SIGHUP lets the running generation finish, then ends;\na second one interrupts it.',
      'Exit codes: 0 done, 1 error, 2 wrong usage, 3 WebUI unreachable,\n129, 130 or 143 after SIGHUP, SIGINT or SIGTERM.',
    ],
  },
  status: {
    usage: 'status [--json]',
    summary: 'say what the running loop does',
    options: ['profile', 'demo', 'json', 'color'],
    examples: [['sdloop status --json', '']],
    notes: ['Exit code 5 when no loop is running.'],
  },
  pause: {
    usage: 'pause [--json]',
    summary: 'let what runs finish, then rest',
    options: ['profile', 'demo', 'json'],
    examples: [['sdloop pause', 'while the GPU is needed for something else']],
    notes: ['Exit code 5 when no loop is running.'],
  },
  resume: {
    usage: 'resume [--json]',
    summary: 'go on after a pause or mended trouble',
    options: ['profile', 'demo', 'json'],
    examples: [['sdloop resume', '']],
    notes: ['Exit code 5 when no loop is running.'],
  },
  skip: {
    usage: 'skip [--json]',
    summary: 'give up the running batch',
    options: ['profile', 'demo', 'json'],
    examples: [['sdloop skip', '']],
    notes: ['Exit code 5 when no loop is running, 1 when nothing runs that could be skipped.'],
  },
  interrupt: {
    usage: 'interrupt [--json]',
    summary: 'end the running generation; the loop goes on',
    options: ['profile', 'demo', 'json'],
    examples: [['sdloop interrupt', '']],
    notes: ['Exit code 5 when no loop is running, 1 when nothing is to be interrupted.'],
  },
  stop: {
    usage: 'stop [--json]',
    summary: 'end the loop after the running generation',
    options: ['now', 'profile', 'demo', 'json'],
    examples: [
      ['sdloop stop', 'and wait until it has ended'],
      ['sdloop stop --now', 'interrupt what runs'],
    ],
    notes: [
      'Ctrl-C ends the wait, not the stop. A WebUI that --restart-command has started\ngoes on; how to end it is said.\nExit code 5 when no loop is running.',
    ],
  },
  logs: {
    usage: 'logs [--json]',
    summary: 'print what the runner has logged',
    options: ['follow', 'profile', 'demo', 'json'],
    examples: [['sdloop logs --follow', 'until Ctrl-C']],
    notes: [],
  },
  models: {
    usage: 'models [--json]',
    summary: 'list the checkpoints that the WebUI has',
    options: [...addressOptions, 'demo', 'family', 'json', 'color'],
    examples: [['sdloop models --url http://gpu-box:7860', '']],
    notes: [],
  },
  samplers: {
    usage: 'samplers [--json]',
    summary: 'list its samplers and schedulers',
    options: [...addressOptions, 'demo', 'family', 'json', 'color'],
    examples: [['sdloop samplers --json', '']],
    notes: [],
  },
  images: {
    usage: 'images [options]',
    summary: 'list what was made: file, seed, prompt',
    options: [
      'since',
      'model',
      'seed',
      'prompt',
      'rating',
      'verdict',
      'flagged',
      'limit',
      'copyTo',
      'html',
      'outputDir',
      'profile',
      'demo',
      ...addressOptions,
      'json',
      'tsv',
      'color',
    ],
    examples: [
      ['sdloop images --since 2h', 'of the last two hours'],
      ['sdloop images --prompt "lighthouse dusk" --model dream', ''],
      ['sdloop images --output-dir outputs --json', 'the files of a directory'],
      ['sdloop images --rating 4 --copy-to keepers', 'take the best out'],
      ['sdloop images --html night.html', 'a page of the newest run'],
    ],
    notes: [
      'Newest first, as the ledger knows them. --model takes a part of the name,\n--seed a number, --prompt words that must all be in the prompt.',
      'Without a ledger: the files where the last run saved, else where the WebUI\nsays that it saves.',
      'Rejected images are listed with --verdict rejected alone. --copy-to never\noverwrites; a page holds the newest 500 images, or as many as --limit says.',
    ],
  },
  gallery: {
    usage: 'gallery [FOLDER]',
    summary: 'look at the pictures, without a loop',
    options: ['pictures', 'profile', 'demo', 'color'],
    examples: [
      ['sdloop gallery', 'what the loop has made, newest first'],
      ['sdloop gallery ~/outputs', 'a folder, whoever filled it'],
    ],
    notes: [
      'Keys: arrows, Enter opens one, / filters, 1 to 5 give stars, + keeps, x rejects,\nu takes it back, q leaves. In the screen of a loop v opens the same.',
      'In a folder, words of the prompt are looked for in the newest 5000 files.',
    ],
  },
  rate: {
    usage: 'rate FILE... [options]',
    summary: 'keep images, give them stars, reject them',
    options: ['stars', 'keep', 'reject', 'clear', 'undo', 'look', 'profile', 'demo', 'json'],
    examples: [
      ['sdloop rate outputs/2026-11-22/00012-1234.png --stars 4', ''],
      ['sdloop rate *.png --reject', 'into .sdloop-trash beside them'],
      ['sdloop rate --undo', 'the last decision, of however many'],
    ],
    notes: [
      'Stars keep an image; one that is rejected has none until it is restored.\nDecisions follow files that are moved or renamed. A copy is a file of its own.',
      '--look looks at pictures that nobody has looked at yet: black ones and near\nduplicates can then be listed with `sdloop images --flagged`. Nothing is\nremoved for it.',
    ],
  },
  trash: {
    usage: 'trash list|restore|purge',
    summary: 'rejected images: list, take back, delete',
    options: ['yes', 'profile', 'demo', 'json'],
    examples: [
      ['sdloop trash list', ''],
      ['sdloop trash restore 00012-1234.png', 'to where it was; or all of them'],
      ['sdloop trash purge', 'says how many and how large, then asks'],
    ],
    notes: ['Only purge deletes, and never without a question or --yes.'],
  },
  show: {
    usage: 'show FILE...',
    summary: 'print a picture and its infotext',
    options: ['pictures', 'json'],
    examples: [
      ['sdloop show outputs/00042-1296436483.png', ''],
      ['sdloop show --json *.png', 'size, seed, infotext'],
    ],
    notes: ['Into a pipe or file it writes the infotext alone. Ends with 1 when a file\ncannot be read.'],
  },
  again: {
    usage: 'again FILE [options]',
    summary: 'have the running loop make an image again',
    options: ['promptOnly', 'vary', 'strength', 'hires', 'scale', 'plan', 'profile', 'demo', 'json'],
    examples: [
      ['sdloop again 00012-1234.png', 'the same seed, the same parameters'],
      ['sdloop again 00012-1234.png --vary 4 --strength 0.2', ''],
      ['sdloop again 00012-1234.png --hires', 'twice as large'],
      ['sdloop again 00012-1234.png --plan', 'go on like this'],
    ],
    notes: [
      'It is made before the plan goes on, and counts towards no --count. How the\nimage was made is read from the ledger, else from the file.',
      'Exit code 5 when no loop is running.',
    ],
  },
  report: {
    usage: 'report [options]',
    summary: 'tell on one page how the night went',
    options: ['since', 'html', 'profile', 'demo', 'json'],
    examples: [
      ['sdloop report', 'of the newest run'],
      ['sdloop report --since 12h --html night.html', 'a page for the browser'],
    ],
    notes: [
      'Incidents, the pace, what the loop did by itself, files and costs, as the\nledger knows them: while the loop runs, and after it has ended.',
    ],
  },
  ledger: {
    usage: 'ledger check',
    summary: 'compare the ledger with the files',
    options: ['profile', 'demo', 'json'],
    examples: [['sdloop ledger check', 'ends with 0 where all agrees, with 1 otherwise']],
    notes: [
      'Tells of images whose file is gone, of numbered files that the ledger does\nnot know, of images made twice and of generations without an outcome.',
    ],
  },
  demo: {
    usage: 'demo [options]',
    summary: 'start the built-in WebUI alone',
    options: [
      'family',
      'port',
      'auth',
      'dataDir',
      'stepMs',
      'latencyMs',
      'fault',
      'apiServerStop',
      'json',
      'exitWithStdin',
    ],
    examples: [
      ['sdloop demo', 'at http://127.0.0.1:7860, until Ctrl-C'],
      ['sdloop demo --fault out-of-memory@3', 'see how a loop recovers'],
      ['sdloop demo --family koboldcpp', 'play another WebUI'],
    ],
    notes: [`Families: ${demoFamilyNames.slice(0, 5).join(', ')},\n${demoFamilyNames.slice(5).join(', ')}.`],
  },
  config: {
    usage: 'config path|get|set',
    summary: 'show and change settings',
    options: ['json'],
    examples: [
      ['sdloop config set url http://gpu-box:7860', ''],
      ['sdloop config set steps', 'back to the default'],
      ['sdloop config get', 'all that are set'],
      ['sdloop config path', 'where they are kept'],
    ],
    notes: [
      'A flag counts before its variable (SDLOOP_STEPS),\na variable before the settings file.',
      'On the screen, what was last used there counts before the settings file\nuntil it is set anew.',
    ],
  },
};

/** The words that may follow `sdloop`. */
export const commandWords = (Object.keys(commands) as CommandName[]).filter((name) => name !== 'screen');

export function isCommandWord(word: string): word is CommandName {
  return (commandWords as readonly string[]).includes(word);
}
