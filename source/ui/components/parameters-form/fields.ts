import { matchSampler, matchScheduler } from '../../../generation/match-sampler.ts';
import type { GenerationParameters, NumericParameter } from '../../../generation/parameters.ts';
import type { WebUi } from '../../../generation/webui.ts';

export type FieldId = NumericParameter | 'sampler' | 'scheduler' | 'seed' | 'restoreFaces';

/** What a person sees of a field, whichever value it has. */
export type Field = {
  readonly id: FieldId;
  readonly label: string;
  readonly unit: string;
  /** What one press of the arrows, and of + and -, adds; 0 where there is nothing to count. */
  readonly smallStep: number;
  readonly largeStep: number;
};

const fields: readonly Field[] = [
  { id: 'width', label: 'Width', unit: 'px', smallStep: 8, largeStep: 64 },
  { id: 'height', label: 'Height', unit: 'px', smallStep: 8, largeStep: 64 },
  { id: 'steps', label: 'Steps', unit: '', smallStep: 1, largeStep: 5 },
  { id: 'sampler', label: 'Sampler', unit: '', smallStep: 0, largeStep: 0 },
  { id: 'scheduler', label: 'Scheduler', unit: '', smallStep: 0, largeStep: 0 },
  { id: 'cfgScale', label: 'CFG scale', unit: '', smallStep: 0.5, largeStep: 1 },
  { id: 'batchSize', label: 'Batch size', unit: '', smallStep: 1, largeStep: 1 },
  { id: 'batchCount', label: 'Batch count', unit: '', smallStep: 1, largeStep: 1 },
  { id: 'seed', label: 'Seed', unit: '', smallStep: 1, largeStep: 1 },
  { id: 'restoreFaces', label: 'Restore faces', unit: '', smallStep: 0, largeStep: 0 },
];

/** The fields that make sense for a WebUI: those for abilities that it lacks are left out. */
export function fieldsFor(webUi: WebUi): readonly Field[] {
  return fields.filter(({ id }) => {
    if (id === 'sampler') return webUi.samplers.length > 0;
    if (id === 'scheduler') return webUi.schedulers.length > 0;
    if (id === 'restoreFaces') return webUi.hasFaceRestoration;
    return true;
  });
}

/** The names that a list field chooses from; null for other fields. */
export function choicesFor(id: FieldId, webUi: WebUi): readonly string[] | null {
  if (id === 'sampler') return webUi.samplers;
  return id === 'scheduler' ? webUi.schedulers : null;
}

/** The parameters with the names that this WebUI lists; faces are a wish that outlives a WebUI that cannot restore them. */
export function fitParameters(parameters: GenerationParameters, webUi: WebUi): GenerationParameters {
  const sampler = matchSampler(webUi.samplers, parameters.sampler ?? '');
  const scheduler = matchScheduler(webUi.schedulers, parameters.scheduler ?? '');
  return {
    ...parameters,
    sampler: sampler.kind === 'found' ? sampler.sampler : null,
    scheduler: scheduler.kind === 'found' ? scheduler.scheduler : null,
  };
}
