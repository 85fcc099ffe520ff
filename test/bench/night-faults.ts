/** What befalls the night's WebUI or loop; times are shares (0 to 1) of the night. */
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
      /** A person sees to it once it is over. */
      readonly needsPerson: boolean;
    }
  | { readonly kind: 'kill-webui' }
  | { readonly kind: 'kill-loop' }
);

const passing = { kind: 'faults', until: null, isClosed: false, needsPerson: false } as const;
const closed = { kind: 'faults', isClosed: true, needsPerson: false } as const;

/** One of four, never three in a row: which of the generations in the window they are is the same for every loop. */
const nanFaults = [2, 3, 9, 14, 16, 22, 27, 28, 33, 39, 42, 46, 51, 57, 60, 61, 69, 73, 78, 80].map(
  (generation) => `nan@+${generation}`,
);

/** In order of time, each after the waits that the one before leads to at the full length: half a minute before a restart. */
export const nightFaults: readonly NightFault[] = [
  { ...passing, name: 'out of memory', at: 0.026, faults: ['out-of-memory'] },
  { kind: 'kill-webui', name: 'WebUI killed', at: 0.044 },
  { ...closed, name: '502', at: 0.193, until: 0.206, faults: ['502@+1x*'] },
  { ...passing, name: '524 after saving', at: 0.263, faults: ['524'] },
  { ...passing, name: '429', at: 0.293, faults: ['429:3'] },
  { kind: 'kill-webui', name: 'WebUI killed', at: 0.333 },
  { ...passing, name: 'out of memory, five in a row', at: 0.478, faults: ['out-of-memory@+1x5'] },
  { ...passing, name: 'NaN, one of four', at: 0.6, until: 0.63, faults: nanFaults },
  { kind: 'kill-loop', name: 'loop killed', at: 0.634 },
  { ...passing, name: 'drift', at: 0.652, until: 0.69, faults: ['slow@+1x*:1.005'] },
  { ...passing, name: 'wrong checkpoint', at: 0.697, faults: ['wrong-checkpoint'] },
  { kind: 'kill-webui', name: 'WebUI killed', at: 0.71 },
  { ...closed, name: 'disk full', at: 0.852, until: 0.865, faults: ['disk-full@+1x*'] },
  {
    ...{ ...closed, name: 'auth lost', at: 0.948, until: 0.96, faults: ['unauthorised:600'] },
    needsPerson: true,
  },
];
