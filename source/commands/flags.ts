import { type DemoFamilyName, demoFamilyNames, isDemoFamily } from '../demo/family-names.ts';
import { mostTimes } from '../plan/order.ts';
import { type Reading, readSetting, readSettingText } from '../settings/read-text.ts';
import type { Settings } from '../settings/schema.ts';
import { flagOf, settingNames } from '../settings/setting-names.ts';
import type { OptionName } from './options.ts';

/** The options of a command line, checked. */
export type Flags = {
  readonly settings: Settings;
  readonly count: number | null;
  /** Which loop of this user is meant; the demo has one of its own unless another is named. */
  readonly profile: string;
  readonly isWaiting: boolean;
  readonly isDemo: boolean;
  readonly isJson: boolean;
  readonly isDetached: boolean;
  readonly isNow: boolean;
  readonly isFollowing: boolean;
  /** These three belong to `sdloop images`; a time is read there, as it counts from now. */
  readonly isTsv: boolean;
  readonly since: string | null;
  readonly limit: number | null;
  /** The page that is to be written. */
  readonly html: string | null;
  /** Which of the images, by what a person or a look made of them. */
  readonly minStars: number | null;
  readonly verdict: 'undecided' | 'kept' | 'rejected' | null;
  readonly flagged: 'black' | 'duplicate' | null;
  readonly copyTo: string | null;
  /** What `sdloop rate` is to do. */
  readonly stars: number | null;
  readonly isKeeping: boolean;
  readonly isRejecting: boolean;
  readonly isClearing: boolean;
  readonly isUndoing: boolean;
  readonly isLooking: boolean;
  /** What `sdloop again` is to make. */
  readonly isPromptOnly: boolean;
  readonly varyCount: number | null;
  readonly strength: number | null;
  readonly isHires: boolean;
  readonly scale: number | null;
  readonly isPlan: boolean;
  /** A question that is answered already. */
  readonly isSure: boolean;
  /** What the built-in WebUI plays. */
  readonly family: DemoFamilyName | null;
  /** The rest belongs to `sdloop demo`. */
  readonly port: number | null;
  readonly dataDir: string | null;
  readonly stepMs: number | null;
  readonly latencyMs: number | null;
  readonly faults: readonly string[];
  readonly hasServerStop: boolean;
  readonly endsWithStdin: boolean;
};

/** Flags as the parser leaves them: text, booleans and lists of text. */
export type RawFlags = Readonly<Record<string, unknown>>;

/** Reads the flags; what is wrong is a whole sentence. */
export function readFlags(raw: RawFlags): Reading<Flags> {
  const settings: Record<string, unknown> = {};
  for (const name of settingNames) {
    const given = raw[name];
    if (given === undefined) continue;
    const reading = typeof given === 'string' ? readSettingText(name, given) : readSetting(name, given);
    if (!reading.ok) return { ok: false, message: `${flagOf(name)} ${reading.message}.` };
    settings[name] = reading.value;
  }
  const family = typeof raw.family === 'string' ? raw.family.trim() : null;
  if (family !== null && !isDemoFamily(family))
    return { ok: false, message: `--family must be one of ${demoFamilyNames.join(', ')}.` };
  const numbers: Record<string, number | null> = {};
  for (const [name, { min, max }] of Object.entries(wholeNumbers)) {
    const text = raw[name];
    const value = text === undefined ? null : readWholeNumber(text, min, max);
    if (value === undefined)
      return { ok: false, message: `${flagOf(name)} must be a whole number ${range(min, max)}.` };
    numbers[name] = value;
  }
  const { profile = raw.demo === true ? 'demo' : 'default' } = raw;
  if (typeof profile !== 'string' || !/^[A-Za-z0-9_-]{1,32}$/.test(profile)) {
    return { ok: false, message: '--profile must be 1 to 32 letters, digits, "-" or "_".' };
  }
  const words: Record<string, string | null> = {};
  for (const [name, allowed] of Object.entries(listedWords)) {
    const given = typeof raw[name] === 'string' ? raw[name].trim() : null;
    if (given !== null && !(allowed as readonly string[]).includes(given))
      return { ok: false, message: `${flagOf(name)} must be one of ${allowed.join(', ')}.` };
    words[name] = given;
  }
  const { count = null, limit = null, port = null, stepMs = null, latencyMs = null } = numbers;
  const { rating: minStars = null, stars = null, vary: varyCount = null } = numbers;
  const shares: Record<string, number | null> = {};
  for (const [name, { min, max }] of Object.entries(decimals)) {
    const text = raw[name];
    const value = typeof text === 'string' && /^\d*\.?\d+$/.test(text.trim()) ? Number(text) : Number.NaN;
    if (text !== undefined && !(value >= min && value <= max))
      return { ok: false, message: `${flagOf(name)} must be a number from ${min} to ${max}.` };
    shares[name] = text === undefined ? null : value;
  }
  return {
    ok: true,
    value: {
      settings: settings as Settings,
      count,
      profile,
      isWaiting: raw.wait === true,
      isDemo: raw.demo === true,
      isJson: raw.json === true,
      isDetached: raw.detach === true,
      isNow: raw.now === true,
      isFollowing: raw.follow === true,
      isTsv: raw.tsv === true,
      since: typeof raw.since === 'string' ? raw.since : null,
      limit,
      html: typeof raw.html === 'string' && raw.html !== '' ? raw.html : null,
      minStars,
      verdict: words.verdict as Flags['verdict'],
      flagged: words.flagged as Flags['flagged'],
      copyTo: typeof raw.copyTo === 'string' && raw.copyTo !== '' ? raw.copyTo : null,
      stars,
      isKeeping: raw.keep === true,
      isRejecting: raw.reject === true,
      isClearing: raw.clear === true,
      isUndoing: raw.undo === true,
      isLooking: raw.look === true,
      isPromptOnly: raw.promptOnly === true,
      varyCount,
      strength: shares.strength ?? null,
      isHires: raw.hires === true,
      scale: shares.scale ?? null,
      isPlan: raw.plan === true,
      isSure: raw.yes === true,
      family,
      port,
      dataDir: typeof raw.dataDir === 'string' ? raw.dataDir : null,
      stepMs,
      latencyMs,
      faults: Array.isArray(raw.fault) ? raw.fault.map(String) : [],
      hasServerStop: raw.apiServerStop === true,
      endsWithStdin: raw.exitWithStdin === true,
    },
  };
}

const listedWords = {
  verdict: ['kept', 'undecided', 'rejected'],
  flagged: ['black', 'duplicate'],
} as const;

const decimals = {
  strength: { min: 0.01, max: 1 },
  scale: { min: 1, max: 4 },
} as const satisfies Partial<Record<OptionName, { min: number; max: number }>>;

const wholeNumbers = {
  count: { min: 1, max: Number.MAX_SAFE_INTEGER },
  limit: { min: 1, max: Number.MAX_SAFE_INTEGER },
  rating: { min: 1, max: 5 },
  stars: { min: 1, max: 5 },
  vary: { min: 1, max: mostTimes },
  port: { min: 0, max: 65_535 },
  stepMs: { min: 0, max: 60_000 },
  latencyMs: { min: 0, max: 60_000 },
} as const satisfies Partial<Record<OptionName, { min: number; max: number }>>;

/** Undefined when it is none. */
function readWholeNumber(text: unknown, min: number, max: number): number | undefined {
  const value = typeof text === 'string' && /^\d+$/.test(text.trim()) ? Number(text) : Number.NaN;
  return Number.isSafeInteger(value) && value >= min && value <= max ? value : undefined;
}

function range(min: number, max: number): string {
  return max === Number.MAX_SAFE_INTEGER ? `of at least ${min}` : `from ${min} to ${max}`;
}
