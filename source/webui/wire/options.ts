import * as v from 'valibot';

/** The few of the ~250 options that matter here; any may be null or missing (webui-api.md 2.4). The others are dropped: they hold secrets. */
const entries = {
  sd_model_checkpoint: v.nullish(v.string(), null),
  samples_format: v.nullish(v.string(), null),
  outdir_samples: v.nullish(v.string(), null),
  outdir_txt2img_samples: v.nullish(v.string(), null),
  save_to_dirs: v.nullish(v.boolean(), null),
  directories_filename_pattern: v.nullish(v.string(), null),
  return_grid: v.nullish(v.boolean(), null),
  grid_save: v.nullish(v.boolean(), null),
  sequential_seed: v.nullish(v.boolean(), null),
  server_rate_limit: v.nullish(v.number(), null),
  live_previews_enable: v.nullish(v.boolean(), null),
  show_progress_every_n_steps: v.nullish(v.number(), null),
  live_preview_refresh_period: v.nullish(v.number(), null),
};

/** An answer without any of them is another program's: even KoboldCpp has two (webui-api.md 7.5). */
export const optionsSchema = v.pipe(
  v.record(v.string(), v.unknown()),
  v.check((options) => Object.keys(entries).some((name) => name in options), 'has no option of a WebUI'),
  v.object(entries),
);

export type Options = v.InferOutput<typeof optionsSchema>;
