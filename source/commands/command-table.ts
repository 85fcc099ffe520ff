import { generationOptions, type OptionName } from './options.ts';

export type CommandName = 'screen' | 'run' | 'models' | 'samplers' | 'images' | 'demo' | 'config';

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
    summary: 'the screen: set up a loop and watch it',
    options: ['url', 'auth', ...generationOptions, 'outputDir', 'save', 'count', 'demo', 'color'],
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
    summary: 'generate without the screen, line by line',
    options: [
      'url',
      'auth',
      ...generationOptions,
      'outputDir',
      'save',
      'count',
      'wait',
      'demo',
      'json',
      'color',
    ],
    examples: [
      ['sdloop run --model dreamshaper --prompt "a lighthouse"', 'for ever'],
      ['sdloop run --demo --model demo-landscape --prompt dusk --count 8 --json', ''],
    ],
    notes: [
      'Ctrl-C, SIGTERM or SIGHUP lets the running generation finish, then ends;\na second one interrupts it.',
      'Exit codes: 0 done, 1 error, 2 wrong usage, 3 WebUI unreachable,\n129, 130 or 143 after SIGHUP, SIGINT or SIGTERM.',
    ],
  },
  models: {
    usage: 'models [--json]',
    summary: 'list the checkpoints that the WebUI has',
    options: ['url', 'auth', 'demo', 'json', 'color'],
    examples: [['sdloop models --url http://gpu-box:7860', '']],
    notes: [],
  },
  samplers: {
    usage: 'samplers [--json]',
    summary: 'list its samplers and schedulers',
    options: ['url', 'auth', 'demo', 'json', 'color'],
    examples: [['sdloop samplers --json', '']],
    notes: [],
  },
  images: {
    usage: 'images [--json]',
    summary: 'list what was made: file, seed, prompt',
    options: ['url', 'auth', 'outputDir', 'json', 'color'],
    examples: [
      ['sdloop images', 'where the last run saved'],
      ['sdloop images --output-dir outputs --json', ''],
    ],
    notes: [
      'Newest first. Without --output-dir: where the last run saved,\nelse where the WebUI says that it saves.',
    ],
  },
  demo: {
    usage: 'demo [options]',
    summary: 'start the built-in WebUI alone',
    options: ['port', 'auth', 'dataDir', 'stepMs', 'latencyMs', 'fault', 'json', 'exitWithStdin'],
    examples: [
      ['sdloop demo', 'at http://127.0.0.1:7860, until Ctrl-C'],
      ['sdloop demo --fault out-of-memory@3', 'see how a loop recovers'],
    ],
    notes: [],
  },
  config: {
    usage: 'config path|get|set',
    summary: 'show and change settings, named as the options',
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
