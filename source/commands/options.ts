/** An option as a person meets it; what its value may be is settled in `settings/schema.ts` or in `flags.ts`. */
export type Option = {
  /** `value` takes one; `list` one each time it is given; a `switch` is there or not; a `toggle` has a `--no-` form. */
  readonly kind: 'value' | 'list' | 'switch' | 'toggle';
  readonly placeholder?: string;
  readonly help: string;
};

/** Every option there is, in the order of the help; the parser, the help and the commands read this one table. */
export const options = {
  url: {
    kind: 'value',
    placeholder: 'ADDRESS',
    help: 'the WebUI, run with --api (http://127.0.0.1:7860)',
  },
  auth: { kind: 'value', placeholder: 'USER:PASS', help: 'for --api-auth; SDLOOP_AUTH keeps it out of `ps`' },
  authFile: { kind: 'value', placeholder: 'FILE', help: 'user:pass, "Bearer TOKEN" or headers; chmod 600' },
  caFile: { kind: 'value', placeholder: 'FILE', help: 'trust the certificates of this authority too' },
  clientCert: { kind: 'value', placeholder: 'FILE', help: 'certificate (PEM) that a proxy asks you for' },
  clientKey: {
    kind: 'value',
    placeholder: 'FILE',
    help: 'its private key, where in another file; chmod 600',
  },
  insecure: { kind: 'switch', help: 'take any certificate, which protects nothing' },
  model: { kind: 'value', placeholder: 'NAME', help: 'checkpoint: title, file name or stem' },
  prompt: { kind: 'value', placeholder: 'TEXT', help: 'what to generate' },
  negativePrompt: { kind: 'value', placeholder: 'TEXT', help: 'what to keep out' },
  width: { kind: 'value', placeholder: 'PIXELS', help: 'width of an image (480)' },
  height: { kind: 'value', placeholder: 'PIXELS', help: 'height of an image (270)' },
  steps: { kind: 'value', placeholder: 'N', help: 'sampling steps (20)' },
  sampler: { kind: 'value', placeholder: 'NAME', help: 'sampler (DPM++ 2M where there is one)' },
  scheduler: { kind: 'value', placeholder: 'NAME', help: "noise schedule (the WebUI's choice)" },
  cfgScale: { kind: 'value', placeholder: 'N', help: 'how closely to follow the prompt (7)' },
  batchSize: { kind: 'value', placeholder: 'N', help: 'images sampled together (4)' },
  batchCount: { kind: 'value', placeholder: 'N', help: 'batches in one generation (1)' },
  seed: {
    kind: 'value',
    placeholder: 'SEED',
    help: 'random, N to count up from, =N for always the same',
  },
  restoreFaces: { kind: 'toggle', help: 'restore faces where the WebUI can (on)' },
  outputDir: { kind: 'value', placeholder: 'DIR', help: 'where images are kept' },
  save: { kind: 'value', placeholder: 'WHO', help: 'who writes the images: auto, server or client' },
  minFree: { kind: 'value', placeholder: 'SIZE', help: 'wait below this much free space; 0 never (2GB)' },
  allowSmaller: { kind: 'toggle', help: 'smaller images where memory is short (off)' },
  wireLimit: { kind: 'value', placeholder: 'TIME', help: 'a proxy cuts requests after this: 100s (learnt)' },
  resumeAfterCrash: { kind: 'toggle', help: 'go on after a crash; else come back paused (on)' },
  restartCommand: {
    kind: 'value',
    placeholder: 'CMD',
    help: 'starts a WebUI that is down: "./webui.sh --api"',
  },
  restartPatience: { kind: 'value', placeholder: 'TIME', help: 'how long it may take to answer then (10m)' },
  restartWhenRam: {
    kind: 'value',
    placeholder: 'SHARE',
    help: 'restart between two generations from 90% on',
  },
  count: { kind: 'value', placeholder: 'N', help: 'end after N images' },
  profile: { kind: 'value', placeholder: 'NAME', help: 'a loop of its own beside the others (default)' },
  since: {
    kind: 'value',
    placeholder: 'WHEN',
    help: 'from then on: 45m, 2h, 3d, 2026-11-22 or 2026-11-22T21:00',
  },
  rating: { kind: 'value', placeholder: 'N', help: 'those with N stars or more' },
  verdict: { kind: 'value', placeholder: 'WORD', help: 'those that are kept, undecided or rejected' },
  flagged: { kind: 'value', placeholder: 'WORD', help: 'those seen to be black, or a duplicate' },
  copyTo: { kind: 'value', placeholder: 'DIR', help: 'copy them there, with a provenance.json' },
  html: { kind: 'value', placeholder: 'FILE', help: 'write a page for the browser' },
  limit: { kind: 'value', placeholder: 'N', help: 'no more than N images' },
  stars: { kind: 'value', placeholder: 'N', help: 'keep with 1 to 5 stars' },
  keep: { kind: 'switch', help: 'keep, with the stars that they have' },
  reject: { kind: 'switch', help: 'into a trash folder beside the images' },
  clear: { kind: 'switch', help: 'undecided again' },
  undo: { kind: 'switch', help: 'take back the last decision' },
  look: { kind: 'switch', help: 'look at new pictures: black ones, duplicates' },
  promptOnly: { kind: 'switch', help: 'its prompt and parameters with new seeds' },
  vary: { kind: 'value', placeholder: 'N', help: 'N variations of its seed' },
  strength: { kind: 'value', placeholder: 'S', help: 'how far they vary, 0.01 to 1 (0.3)' },
  hires: { kind: 'switch', help: 'with a second, larger pass (hires fix)' },
  scale: { kind: 'value', placeholder: 'S', help: 'how much larger, 1 to 4 (2)' },
  plan: { kind: 'switch', help: 'go on with its checkpoint and parameters' },
  yes: { kind: 'switch', help: 'delete without being asked' },
  wait: { kind: 'switch', help: 'keep trying while no WebUI answers at the start' },
  demo: { kind: 'switch', help: 'use the built-in WebUI, which draws without a GPU' },
  detach: { kind: 'switch', help: 'leave the loop to a runner in the background' },
  now: { kind: 'switch', help: 'interrupt the running generation first' },
  follow: { kind: 'switch', help: 'go on with what comes' },
  family: {
    kind: 'value',
    placeholder: 'NAME',
    help: 'what --demo plays: sdnext, koboldcpp, ... (a1111)',
  },
  json: { kind: 'switch', help: 'one JSON object a line' },
  tsv: { kind: 'switch', help: 'columns separated by tabs, names first' },
  color: { kind: 'value', placeholder: 'WHEN', help: 'colours: auto, always or never' },
  pictures: {
    kind: 'value',
    placeholder: 'HOW',
    help: 'pictures: auto, kitty, sixel, iterm2, blocks or off',
  },
  port: {
    kind: 'value',
    placeholder: 'PORT',
    help: 'port to listen at on 127.0.0.1; 0 takes a free one (7860)',
  },
  dataDir: { kind: 'value', placeholder: 'DIR', help: 'where the built-in WebUI keeps models and outputs' },
  stepMs: { kind: 'value', placeholder: 'MS', help: 'how long a sampling step takes' },
  latencyMs: { kind: 'value', placeholder: 'MS', help: 'added to each round trip' },
  fault: {
    kind: 'list',
    placeholder: 'FAULT',
    help: 'misbehave, such as out-of-memory@3; may be given again',
  },
  apiServerStop: { kind: 'switch', help: 'let it be restarted over its API' },
  exitWithStdin: { kind: 'switch', help: 'end when standard input does' },
} as const satisfies Record<string, Option>;

export type OptionName = keyof typeof options;

/** Where the WebUI is, and how one is let in. */
export const addressOptions = [
  'url',
  'auth',
  'authFile',
  'caFile',
  'clientCert',
  'clientKey',
  'insecure',
] as const satisfies readonly OptionName[];

/** What a generation is made with. */
export const generationOptions = [
  'model',
  'prompt',
  'negativePrompt',
  'width',
  'height',
  'steps',
  'sampler',
  'scheduler',
  'cfgScale',
  'batchSize',
  'batchCount',
  'seed',
  'restoreFaces',
] as const satisfies readonly OptionName[];
