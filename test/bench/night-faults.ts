/** What befalls the night's WebUI or loop; times are minutes from the start of the night. */
export type NightFault = {
  readonly name: string;
  readonly at: number;
} & (
  | {
      /** Faults in the grammar of `source/demo/faults.ts`, given at `at`. */
      readonly kind: 'faults';
      readonly faults: readonly string[];
      /** When they are cleared; null where they befall a number of generations and end by themselves. */
      readonly until: number | null;
      /** The WebUI can deliver nothing until then, whoever asks. */
      readonly isClosed: boolean;
      /** Nothing can be written where the images go until then. */
      readonly isDiskFull: boolean;
      /** A person sees to it once it is over. */
      readonly needsPerson: boolean;
    }
  /**
   * The next generation makes no step after its first half, and neither does any after it until the WebUI is started again; where nobody does
   * that, until the faults of another one are cleared.
   */
  | { readonly kind: 'hang'; readonly fault: string }
  | { readonly kind: 'kill-webui' }
  | { readonly kind: 'kill-loop' }
);

export const nightMinutes = 8 * 60;

const passing = {
  kind: 'faults',
  until: null,
  isClosed: false,
  isDiskFull: false,
  needsPerson: false,
} as const;
const closed = { ...passing, isClosed: true } as const;

/** One of four, never three in a row: which of the generations in the window they are is the same for every loop. */
const nanFaults = [2, 3, 9, 14, 16, 22, 27, 28, 33, 39, 42, 46].map((generation) => `nan@+${generation}`);

/** In order of time, none in the wake of the one before. */
export const nightFaults: readonly NightFault[] = [
  { ...passing, name: 'out of memory', at: 20, faults: ['out-of-memory'] },
  { ...passing, name: 'out of memory, five in a row', at: 45, faults: ['out-of-memory@+1x5'] },
  { kind: 'hang', name: 'hang', at: 75, fault: 'hang@+1:9' },
  { ...closed, name: '502', at: 105, until: 110, faults: ['502@+1x*'] },
  { ...passing, name: '524 after saving', at: 130, faults: ['524'] },
  { ...passing, name: '429', at: 150, faults: ['429@+1x2:15'] },
  { ...passing, name: 'NaN, one of four', at: 170, until: 200, faults: nanFaults },
  { ...passing, name: 'drift', at: 215, until: 245, faults: ['slow@+1x*:1.005'] },
  { ...passing, name: 'wrong checkpoint', at: 260, faults: ['wrong-checkpoint'] },
  { kind: 'kill-webui', name: 'WebUI killed', at: 280 },
  { kind: 'kill-webui', name: 'WebUI killed', at: 310 },
  { kind: 'kill-webui', name: 'WebUI killed', at: 340 },
  { kind: 'kill-loop', name: 'loop killed', at: 370 },
  { ...closed, name: 'disk full', at: 395, until: 405, isDiskFull: true, faults: ['disk-full@+1x*'] },
  { ...closed, name: 'auth lost', at: 430, until: 440, needsPerson: true, faults: ['unauthorised:600'] },
];
