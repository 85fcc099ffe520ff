import { fitToLimits, sizeMade } from '../../../generation/generation-limits.ts';
import { defaultParameters } from '../../../generation/parameters.ts';
import { parseSeedChoice } from '../../../generation/seed.ts';
import type { WebUi } from '../../../generation/webui.ts';
import { subjectOf } from '../../../presentation/family-names.ts';
import { formatCounted } from '../../../presentation/numbers.ts';
import type { Span } from '../../text/span.ts';
import type { Glyphs } from '../../theme.ts';
import { type Field, fieldsFor } from './fields.ts';
import { type FieldProblem, type FormReading, readForm } from './read.ts';
import type { FormState } from './state.ts';

/** The rows of the form, a row a field, and where in them typing goes (null where nothing is typed). */
export type DrawnForm = {
  readonly rows: readonly (readonly Span[])[];
  readonly cursor: { readonly x: number; readonly y: number } | null;
};

const labelWidth = 15;

/** Draws every field with what is wrong with it or what it means, and below them what one generation comes to. */
export function drawForm(state: FormState, webUi: WebUi, glyphs: Glyphs, height: number): DrawnForm {
  const fields = fieldsFor(webUi);
  const reading = readForm(state, defaultParameters);
  const problems = reading.kind === 'invalid' ? reading.problems : [];
  const rows = fields.map((field) => drawField(field, state, problems, glyphs));
  const y = fields.findIndex(({ id }) => id === state.focus);
  const typed = textOf(state, state.focus);
  const cursor = typed === null || state.isReplacing ? null : { x: 2 + labelWidth + typed.length, y };
  const air: Span[][] = height > rows.length + 1 ? [[]] : [];
  return { rows: [...rows, ...air, drawSummary(reading, webUi, glyphs)], cursor };
}

function drawField(
  field: Field,
  state: FormState,
  problems: readonly FieldProblem[],
  glyphs: Glyphs,
): Span[] {
  const isFocused = field.id === state.focus;
  const problem = problems.find((each) => each.field === field.id);
  const value = `${shownValue(state, field.id)}${field.unit === '' ? '' : ` ${field.unit}`}`;
  const note: Span =
    problem === undefined
      ? { text: isFocused ? keysFor(field, glyphs) : meaningOf(state, field.id), role: 'quiet' }
      : { text: problem.hint, role: 'bad' };
  return [
    { text: isFocused ? `${glyphs.pointer} ` : '  ', role: 'accent' },
    { text: field.label.padEnd(labelWidth), role: isFocused ? 'accent' : 'quiet' },
    { text: value, role: valueRole(isFocused && state.isReplacing, problem !== undefined) },
    { text: ' '.repeat(Math.max(2, 16 - value.length)) },
    note,
  ];
}

function valueRole(isReplacing: boolean, isWrong: boolean): 'selected' | 'bad' | 'strong' {
  if (isReplacing) return 'selected';
  return isWrong ? 'bad' : 'strong';
}

function textOf(state: FormState, id: Field['id']): string | null {
  return id === 'sampler' || id === 'scheduler' || id === 'restoreFaces' ? null : state.texts[id];
}

function shownValue(state: FormState, id: Field['id']): string {
  if (id === 'sampler') return state.sampler ?? 'Automatic';
  if (id === 'scheduler') return state.scheduler ?? 'Automatic';
  if (id === 'restoreFaces') return state.restoreFaces ? 'yes' : 'no';
  return state.texts[id];
}

function keysFor({ id, smallStep, largeStep, unit }: Field, glyphs: Glyphs): string {
  const arrows = glyphs.isAscii ? 'left/right' : '←→';
  if (id === 'sampler' || id === 'scheduler') return `${arrows} next   space list   or type a name`;
  if (id === 'restoreFaces') return `space or ${arrows} yes/no`;
  if (id === 'seed') return 'random   1234 counts up   =1234 stays';
  if (smallStep === largeStep) return `${arrows} ${smallStep}`;
  return `${arrows} ${smallStep}${unit && ` ${unit}`}   + - ${largeStep}${unit && ` ${unit}`}`;
}

function meaningOf(state: FormState, id: Field['id']): string {
  if (id === 'batchSize') return 'images sampled together';
  if (id === 'batchCount') return 'batches a generation';
  if (id !== 'seed') return '';
  switch (parseSeedChoice(state.texts.seed)?.kind) {
    case 'random':
      return 'another one each time';
    case 'counting':
      return 'counts up, image by image';
    case 'fixed':
      return 'the same for every generation';
    case undefined:
      return '';
  }
}

/** As this WebUI makes it; an A1111 rounds sizes by a few pixels, which is not worth a word. */
function drawSummary(reading: FormReading, webUi: WebUi, glyphs: Glyphs): Span[] {
  if (reading.kind === 'invalid') {
    return [{ text: `  ${reading.problems[0]?.message ?? ''}`, role: 'bad' }];
  }
  const { parameters } = reading;
  const { batchSize, batchCount } = fitToLimits(parameters, webUi.limits);
  const images = batchSize * batchCount;
  const { width, height } = isRoundedMuch(webUi) ? sizeMade(parameters, webUi.limits.size) : parameters;
  const isOther = width !== parameters.width || height !== parameters.height;
  const isFewer = images < parameters.batchSize * parameters.batchCount;
  const megapixels = (width * height) / 1e6;
  return [
    { text: '  One generation: ', role: 'quiet' },
    { text: formatCounted(images, 'image'), role: 'strong' },
    { text: ' of ', role: 'quiet' },
    { text: `${width}x${height}`, role: 'strong' },
    ...(isOther || isFewer ? [{ text: ` on ${subjectOf(webUi)}`, role: 'warning' } as const] : []),
    { text: ` ${glyphs.bullet} ${(megapixels * images).toFixed(2)} megapixels`, role: 'quiet' },
  ];
}

function isRoundedMuch({ limits }: WebUi): boolean {
  return limits.size.multiple > 8;
}
