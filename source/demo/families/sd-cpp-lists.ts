/** captures/sd-server/03 */
export const samplerNames = [
  'default',
  'euler',
  'euler_a',
  'heun',
  'dpm2',
  'dpm++2s_a',
  'dpm++2m',
  'dpm++2mv2',
  'ipndm',
  'ipndm_v',
  'lcm',
  'ddim_trailing',
  'tcd',
  'res_multistep',
  'res_2s',
  'er_sde',
  'euler_cfg_pp',
  'euler_a_cfg_pp',
  'euler_ge',
  'dpm++2m_sde',
  'dpm++2m_sde_bt',
  'lms',
];

/** captures/sd-server/04 */
export const schedulerNames = [
  'default',
  'discrete',
  'normal',
  'karras',
  'exponential',
  'ays',
  'gits',
  'sgm_uniform',
  'simple',
  'smoothstep',
  'kl_optimal',
  'lcm',
  'bong_tangent',
  'ltx2',
  'logit_normal',
  'flux2',
  'flux',
  'beta',
];

/** captures/sd-server/05 */
export const upscalerNames = ['None', 'Lanczos', 'Nearest'];

/** captures/sd-server/06 */
export const latentModes = [
  'Latent',
  'Latent (nearest)',
  'Latent (nearest-exact)',
  'Latent (antialiased)',
  'Latent (bicubic)',
  'Latent (bicubic antialiased)',
];
