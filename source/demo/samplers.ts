/** An entry of `/sdapi/v1/samplers`; `options.scheduler` is what "Automatic" means for it. */
export type Sampler = {
  readonly name: string;
  readonly aliases: readonly string[];
  readonly options: Readonly<Record<string, unknown>>;
};

/** An entry of `/sdapi/v1/schedulers`; a `default_rho` of -1 means that it has none. */
export type Scheduler = {
  readonly name: string;
  readonly label: string;
  readonly aliases: readonly string[] | null;
  readonly default_rho: number;
  readonly need_inner_model: boolean;
};

/** Those of A1111 1.10 (webui-api.md 2.2), in its order. */
export const samplers: readonly Sampler[] = [
  { name: 'DPM++ 2M', aliases: ['k_dpmpp_2m'], options: { scheduler: 'karras' } },
  {
    name: 'DPM++ SDE',
    aliases: ['k_dpmpp_sde'],
    options: { scheduler: 'karras', second_order: true, brownian_noise: true },
  },
  {
    name: 'DPM++ 2M SDE',
    aliases: ['k_dpmpp_2m_sde'],
    options: { scheduler: 'exponential', brownian_noise: true },
  },
  {
    name: 'DPM++ 2M SDE Heun',
    aliases: ['k_dpmpp_2m_sde_heun'],
    options: { scheduler: 'exponential', brownian_noise: true, solver_type: 'heun' },
  },
  {
    name: 'DPM++ 2S a',
    aliases: ['k_dpmpp_2s_a'],
    options: { scheduler: 'karras', uses_ensd: true, second_order: true },
  },
  {
    name: 'DPM++ 3M SDE',
    aliases: ['k_dpmpp_3m_sde'],
    options: { scheduler: 'exponential', discard_next_to_last_sigma: true, brownian_noise: true },
  },
  { name: 'Euler a', aliases: ['k_euler_a', 'k_euler_ancestral'], options: { uses_ensd: true } },
  { name: 'Euler', aliases: ['k_euler'], options: {} },
  { name: 'LMS', aliases: ['k_lms'], options: {} },
  { name: 'Heun', aliases: ['k_heun'], options: { second_order: true } },
  {
    name: 'DPM2',
    aliases: ['k_dpm_2'],
    options: { scheduler: 'karras', discard_next_to_last_sigma: true, second_order: true },
  },
  {
    name: 'DPM2 a',
    aliases: ['k_dpm_2_a'],
    options: { scheduler: 'karras', discard_next_to_last_sigma: true, uses_ensd: true, second_order: true },
  },
  { name: 'DPM fast', aliases: ['k_dpm_fast'], options: { uses_ensd: true } },
  { name: 'DPM adaptive', aliases: ['k_dpm_ad'], options: { uses_ensd: true } },
  { name: 'Restart', aliases: ['restart'], options: { scheduler: 'karras', second_order: true } },
  { name: 'DDIM', aliases: ['ddim'], options: {} },
  { name: 'DDIM CFG++', aliases: ['ddim_cfgpp'], options: {} },
  { name: 'PLMS', aliases: ['plms'], options: {} },
  { name: 'UniPC', aliases: ['unipc'], options: {} },
  { name: 'LCM', aliases: ['k_lcm'], options: {} },
];

/** Those of A1111 1.10. */
export const schedulers: readonly Scheduler[] = [
  { name: 'automatic', label: 'Automatic', aliases: null, default_rho: -1, need_inner_model: false },
  { name: 'uniform', label: 'Uniform', aliases: null, default_rho: -1, need_inner_model: true },
  { name: 'karras', label: 'Karras', aliases: null, default_rho: 7, need_inner_model: false },
  { name: 'exponential', label: 'Exponential', aliases: null, default_rho: -1, need_inner_model: false },
  {
    name: 'polyexponential',
    label: 'Polyexponential',
    aliases: null,
    default_rho: 1,
    need_inner_model: false,
  },
  {
    name: 'sgm_uniform',
    label: 'SGM Uniform',
    aliases: ['SGMUniform'],
    default_rho: -1,
    need_inner_model: true,
  },
  { name: 'kl_optimal', label: 'KL Optimal', aliases: null, default_rho: -1, need_inner_model: false },
  {
    name: 'align_your_steps',
    label: 'Align Your Steps',
    aliases: null,
    default_rho: -1,
    need_inner_model: false,
  },
  { name: 'simple', label: 'Simple', aliases: null, default_rho: -1, need_inner_model: true },
  { name: 'normal', label: 'Normal', aliases: null, default_rho: -1, need_inner_model: true },
  { name: 'ddim', label: 'DDIM', aliases: null, default_rho: -1, need_inner_model: true },
  { name: 'beta', label: 'Beta', aliases: null, default_rho: -1, need_inner_model: true },
];

/** The sampler that samples and the schedule that the infotext names. */
export type Sampling = { readonly sampler: string; readonly scheduleType: string | null };

/**
 * Resolves names as A1111 1.10 does: joined old names are split, an unknown sampler becomes the first one and an unknown
 * scheduler "Automatic", without an error (webui-api.md 2.2); "Automatic" is told as what it means for the sampler (13.2).
 */
export function resolveSampling(samplerName: string, schedulerName: string | null): Sampling {
  const joined = schedulers
    .flatMap((scheduler) =>
      [scheduler.label, scheduler.name].map((name) => ({ scheduler, suffix: ` ${name}` })),
    )
    .find(({ suffix }) => samplerName.endsWith(suffix));
  const bareName = joined ? samplerName.slice(0, -joined.suffix.length) : samplerName;
  const sampler = samplers.find(({ name }) => name === bareName) ?? samplers[0];
  const asked =
    joined?.scheduler ??
    schedulers.find(({ name, label }) => name === schedulerName || label === schedulerName);
  const isAutomatic = asked === undefined || asked.name === 'automatic';
  const meant = schedulers.find(({ name }) => name === sampler?.options.scheduler);
  return {
    sampler: sampler?.name ?? samplerName,
    scheduleType: (isAutomatic ? meant : asked)?.label ?? 'Automatic',
  };
}
