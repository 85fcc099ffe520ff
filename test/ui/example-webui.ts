import { widestLimits } from '../../source/generation/generation-limits.ts';
import { defaultParameters } from '../../source/generation/parameters.ts';
import type { WebUi } from '../../source/generation/webui.ts';
import type { Plan } from '../../source/plan/plan.ts';

/** A WebUI with three checkpoints, one of them selected. */
export const exampleWebUi: WebUi = {
  url: 'http://127.0.0.1:7860',
  family: 'forge',
  version: 'f2.0.1v1.10.1',
  checkpoints: [
    { title: 'animagine-xl.safetensors', name: 'animagine-xl', hash: null, filename: null },
    {
      title: 'dreamshaper_8.safetensors [879db523c3]',
      name: 'dreamshaper_8',
      hash: '879db523c3',
      filename: null,
    },
    { title: '演示-水墨.safetensors', name: '演示-水墨', hash: null, filename: null },
  ],
  selectedCheckpoint: 'dreamshaper_8.safetensors [879db523c3]',
  samplers: ['DPM++ 2M', 'Euler a', 'Euler'],
  schedulers: ['Automatic', 'Karras'],
  hasProgress: true,
  livePreviews: { kind: 'none' },
  hasInterrupt: true,
  hasSkip: true,
  hasMemory: true,
  hasFaceRestoration: true,
  hasVariations: true,
  hasHires: true,
  canSave: true,
  canFreeMemory: true,
  canRestartItself: false,
  outputDirectory: null,
  maxInFlight: 2,
  limits: widestLimits,
  isOutputFollowable: true,
};

export const examplePlan: Plan = {
  checkpoint: 'dreamshaper_8.safetensors',
  parameters: { ...defaultParameters, prompt: 'a lighthouse at dusk', sampler: 'Euler a' },
  seed: { kind: 'counting', from: 1234 },
  goal: null,
};
