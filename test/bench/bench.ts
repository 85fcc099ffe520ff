/** How long a bench may take: `quick` is for trying the bench itself, its figures are not worth telling. */
export type Pace = 'quick' | 'full';

/** A measurement that prints a table; noise never fails it. */
export type Bench = {
  readonly name: string;
  /** One line that says what is measured and how. */
  readonly about: string;
  run(pace: Pace, options?: BenchOptions): Promise<Table>;
};

/** For the benches that go through rounds of chance. */
export type BenchOptions = {
  /** How many. */
  readonly rounds?: number;
  /** The same seed brings the same chances. */
  readonly seed?: number;
};

/** The first column names what was measured, the others hold its figures. */
export type Table = {
  readonly header: readonly string[];
  readonly rows: readonly (readonly string[])[];
  /** What to know when reading it. */
  readonly notes: readonly string[];
};
