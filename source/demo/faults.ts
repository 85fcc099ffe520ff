/** What can go wrong on request. */
export type FaultKind = keyof typeof faultKinds;

type KindRules = {
  /** What the number behind the colon means; null where none is taken. */
  readonly value: string | null;
  readonly isValueRequired: boolean;
  /** Whether it goes on by itself (a time, or until it is cleared) instead of befalling a number of generations. */
  readonly isLasting: boolean;
  readonly about: string;
};

const once = { value: null, isValueRequired: false, isLasting: false };

/** Every kind with what it does; the wire form of each is webui-api.md 10. */
export const faultKinds = {
  'out-of-memory': {
    ...once,
    value: 'a batch size that still fits; none by default',
    about: '500 OutOfMemoryError during sampling',
  },
  nan: { ...once, about: '500 NansException after sampling' },
  black: { ...once, about: 'an answer with entirely black images' },
  hang: {
    ...once,
    value: 'the step to hang at; the last one by default',
    about: 'hangs until faults are cleared, and cannot be interrupted',
  },
  stall: {
    ...once,
    value: 'the step to stand still at; the last one by default',
    about: 'makes no step until it is interrupted or faults are cleared',
  },
  slow: {
    ...once,
    value: 'factor',
    isValueRequired: true,
    about: 'each befallen generation takes this factor longer than the one before',
  },
  '429': { ...once, value: 'Retry-After in seconds', about: 'refused at once: too many requests' },
  '500': { ...once, about: '500 RuntimeError during sampling' },
  '502': { ...once, about: "a proxy's HTML page instead of the WebUI" },
  '503': { ...once, about: 'refused at once: busy' },
  '504': { ...once, about: "a proxy's time-out page after the generation ran all the same" },
  '524': { ...once, about: "Cloudflare's time-out page after the generation ran all the same" },
  reset: { ...once, about: 'the connection is reset on arrival, nothing runs' },
  'reset-before-saving': { ...once, about: 'the connection is reset after sampling, nothing is saved' },
  'reset-after-saving': { ...once, about: 'the connection is reset after the images were saved' },
  'truncated-json': { ...once, about: 'the connection ends in the middle of the answer' },
  'invalid-json': { ...once, about: 'a complete answer that is not JSON' },
  'no-images': { ...once, about: '200 without any image, and none saved' },
  'wrong-checkpoint': { ...once, about: 'another checkpoint runs, and nothing but the answer says so' },
  'disk-full': { ...once, about: '500 OSError at the first image saved, a partial .tmp stays' },
  starting: {
    value: 'seconds',
    isValueRequired: true,
    isLasting: true,
    about: '/sdapi answers 404 as long as this',
  },
  unauthorised: {
    value: 'seconds',
    isValueRequired: true,
    isLasting: true,
    about: '/sdapi answers 401 as long as this',
  },
  latency: {
    value: 'ms',
    isValueRequired: true,
    isLasting: true,
    about: 'every round trip takes this longer, until faults are cleared',
  },
  'memory-leak': {
    value: 'MB an image',
    isValueRequired: true,
    isLasting: true,
    about: 'each image leaves this much more memory in use, until the WebUI is started anew',
  },
} as const satisfies Record<string, KindRules>;

export type Fault = {
  readonly kind: FaultKind;
  /** The generation it begins with, counted from 1; or the how-manieth from now on, 1 being the next one. */
  readonly from: { readonly generation: number } | { readonly next: number } | 'now';
  /** How many generations it befalls; Infinity for all that follow. */
  readonly count: number;
  readonly value: number | null;
};

/** The grammar, for `--help` and for the sentence about a mistake. */
export const faultGrammar = 'KIND[@GENERATION[xCOUNT]][:VALUE]';

/**
 * Reads a fault: `502@5x3` befalls the 5th to 7th generation, `hang@4:10` the 4th at step 10, `slow@10x*:1.02` all from the
 * 10th on, `nan@+2` the one after the next, `black` the next, `starting:5` the first five seconds. A problem is a sentence.
 */
export function parseFault(text: string): { readonly fault: Fault } | { readonly problem: string } {
  const match =
    /^(?<kind>[a-z0-9-]+)(@(?<sign>\+?)(?<first>\d+)(x(?<count>\d+|\*))?)?(:(?<value>\d+(\.\d+)?))?$/.exec(
      text.trim(),
    );
  if (!match?.groups) {
    return { problem: `"${text}" is not a fault. Write ${faultGrammar}, such as 502@5x3 or hang@4:10.` };
  }
  const { kind, sign, first, count, value } = match.groups;
  if (kind === undefined || !isFaultKind(kind)) {
    return { problem: `There is no fault "${kind}". There are: ${Object.keys(faultKinds).join(', ')}.` };
  }
  const rules: KindRules = faultKinds[kind];
  if (rules.value === null && value !== undefined)
    return { problem: `${kind} takes no value behind a colon.` };
  if (rules.isValueRequired && value === undefined) {
    return { problem: `${kind} needs its value (${rules.value}): ${kind}:N.` };
  }
  if (rules.isLasting && count !== undefined)
    return { problem: `${kind} goes on by itself and takes no count.` };
  if (Number(first) === 0 || count === '0') return { problem: 'Generations are counted from 1.' };
  return {
    fault: {
      kind,
      from: beginning(first, sign, rules.isLasting),
      count: count === '*' ? Number.POSITIVE_INFINITY : Number(count ?? 1),
      value: value === undefined ? null : Number(value),
    },
  };
}

function beginning(first: string | undefined, sign: string | undefined, isLasting: boolean): Fault['from'] {
  if (first === undefined) return isLasting ? 'now' : { next: 1 };
  return sign === '+' ? { next: Number(first) } : { generation: Number(first) };
}

function isFaultKind(text: string): text is FaultKind {
  return Object.hasOwn(faultKinds, text);
}
