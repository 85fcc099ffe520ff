import {
  type GenerationParameters,
  type NumericParameter,
  parameterLimits,
} from '../../../generation/parameters.ts';
import { formatSeedChoice, maxSeed, parseSeedChoice, type SeedChoice } from '../../../generation/seed.ts';
import type { WebUi } from '../../../generation/webui.ts';
import { createPicker, type PickerState } from '../picker/state.ts';
import { choicesFor, type FieldId, fieldsFor } from './fields.ts';

/** The few parameters that matter, as they are being typed: a text may be out of range or no number at all. */
export type FormState = {
  readonly focus: FieldId;
  readonly texts: Readonly<Record<NumericParameter | 'seed', string>>;
  readonly sampler: string | null;
  readonly scheduler: string | null;
  readonly restoreFaces: boolean;
  /** Whether the next typed character replaces the text of the focused field. */
  readonly isReplacing: boolean;
  /** The list that is open over the form. */
  readonly picking: { readonly field: 'sampler' | 'scheduler'; readonly picker: PickerState } | null;
};

export type FormCommand =
  | 'next-field'
  | 'previous-field'
  | 'first-field'
  | 'last-field'
  | 'less'
  | 'more'
  | 'much-less'
  | 'much-more'
  | 'delete-back'
  | 'clear-field'
  | 'choose';

export type FormAction =
  | { readonly type: 'insert'; readonly text: string }
  | { readonly type: 'command'; readonly command: FormCommand }
  | { readonly type: 'close-list'; readonly picked: string | null };

/** The longest text a field takes; more than any number needs. */
const maxFieldLength = 12;

export function createForm(parameters: GenerationParameters, seed: SeedChoice): FormState {
  const { width, height, steps, cfgScale, batchSize, batchCount } = parameters;
  return {
    focus: 'width',
    texts: {
      width: String(width),
      height: String(height),
      steps: String(steps),
      cfgScale: String(cfgScale),
      batchSize: String(batchSize),
      batchCount: String(batchCount),
      seed: formatSeedChoice(seed),
    },
    sampler: parameters.sampler,
    scheduler: parameters.scheduler,
    restoreFaces: parameters.restoreFaces,
    isReplacing: true,
    picking: null,
  };
}

/** What an action makes of the form, with the fields that `webUi` gives it. */
export function reduceForm(state: FormState, action: FormAction, webUi: WebUi): FormState {
  switch (action.type) {
    case 'insert':
      return insert(state, action.text, webUi);
    case 'close-list':
      return closeList(state, action.picked);
    case 'command':
      return command(state, action.command, webUi);
  }
}

function command(state: FormState, name: FormCommand, webUi: WebUi): FormState {
  const fields = fieldsFor(webUi);
  const index = fields.findIndex(({ id }) => id === state.focus);
  const focusOn = (target: number): FormState => {
    const field = fields[(target + fields.length) % fields.length];
    return field === undefined ? state : { ...state, focus: field.id, isReplacing: true };
  };
  switch (name) {
    case 'next-field':
      return focusOn(index + 1);
    case 'previous-field':
      return focusOn(index - 1);
    case 'first-field':
      return focusOn(0);
    case 'last-field':
      return focusOn(fields.length - 1);
    case 'less':
      return step(state, -(fields[index]?.smallStep ?? 0), -1, webUi);
    case 'more':
      return step(state, fields[index]?.smallStep ?? 0, 1, webUi);
    case 'much-less':
      return step(state, -(fields[index]?.largeStep ?? 0), -1, webUi);
    case 'much-more':
      return step(state, fields[index]?.largeStep ?? 0, 1, webUi);
    case 'delete-back':
      return isTextField(state.focus) ? setText(state, state.texts[state.focus].slice(0, -1)) : state;
    case 'clear-field':
      return isTextField(state.focus) ? setText(state, '') : state;
    case 'choose':
      return choose(state, '', webUi);
  }
}

/** A list opens, a switch turns over; in other fields there is nothing to choose. */
function choose(state: FormState, filter: string, webUi: WebUi): FormState {
  const { focus } = state;
  if (focus === 'restoreFaces') return { ...state, restoreFaces: !state.restoreFaces };
  if (focus !== 'sampler' && focus !== 'scheduler') return state;
  const current = state[focus] ?? choicesFor(focus, webUi)?.[0] ?? null;
  return { ...state, picking: { field: focus, picker: { ...createPicker(current), filter } } };
}

function closeList(state: FormState, picked: string | null): FormState {
  if (state.picking === null) return state;
  const closed = { ...state, picking: null };
  return picked === null ? closed : { ...closed, [state.picking.field]: picked };
}

/** Typing into a list field opens the list, filtered by what is typed. */
function insert(state: FormState, text: string, webUi: WebUi): FormState {
  const { focus } = state;
  const typed = text.trim();
  if (focus === 'sampler' || focus === 'scheduler') return typed === '' ? state : choose(state, typed, webUi);
  if (!isTextField(focus) || typed === '') return state;
  const allowed = focus === 'seed' ? /[^0-9=a-z-]/g : /[^0-9.]/g;
  const clean = typed.toLowerCase().replaceAll(',', '.').replace(allowed, '');
  if (clean === '') return state;
  return setText(state, ((state.isReplacing ? '' : state.texts[focus]) + clean).slice(0, maxFieldLength));
}

function setText(state: FormState, text: string): FormState {
  return { ...state, texts: { ...state.texts, [state.focus]: text }, isReplacing: false };
}

function isTextField(id: FieldId): id is NumericParameter | 'seed' {
  return id !== 'sampler' && id !== 'scheduler' && id !== 'restoreFaces';
}

function step(state: FormState, amount: number, direction: -1 | 1, webUi: WebUi): FormState {
  const { focus } = state;
  if (focus === 'restoreFaces') return { ...state, restoreFaces: !state.restoreFaces };
  if (focus === 'sampler' || focus === 'scheduler') {
    const names = choicesFor(focus, webUi) ?? [];
    const at = names.indexOf(state[focus] ?? '');
    const next = names[Math.max(0, Math.min(names.length - 1, at + direction))];
    return next === undefined ? state : { ...state, [focus]: next };
  }
  const next =
    focus === 'seed' ? stepSeed(state.texts.seed, amount) : stepNumber(focus, state.texts[focus], amount);
  return { ...setText(state, next), isReplacing: true };
}

/** To the next multiple of the step (270 px and 8 more are 272 px), within the limits. */
function stepNumber(field: NumericParameter, text: string, amount: number): string {
  const { min, max } = parameterLimits[field];
  const value = numberOf(text);
  if (Number.isNaN(value)) return String(min);
  const size = Math.abs(amount);
  const next = amount > 0 ? (Math.floor(value / size) + 1) * size : (Math.ceil(value / size) - 1) * size;
  return String(Math.max(min, Math.min(max, next)));
}

function stepSeed(text: string, amount: number): string {
  const choice = parseSeedChoice(text);
  if (choice === null || choice.kind === 'random') return text;
  const within = (seed: number) => Math.max(0, Math.min(maxSeed, seed + amount));
  return formatSeedChoice(
    choice.kind === 'fixed'
      ? { kind: 'fixed', seed: within(choice.seed) }
      : { kind: 'counting', from: within(choice.from) },
  );
}

/** Only plain decimals count: neither an empty text nor `1e3` is a number here. */
export function numberOf(text: string): number {
  return /^(\d+\.?\d*|\.\d+)$/.test(text) ? Number(text) : Number.NaN;
}
