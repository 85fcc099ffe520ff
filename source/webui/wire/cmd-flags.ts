import * as v from 'valibot';

/** GET /cmd-flags: only what tells where the WebUI was installed; the rest holds passwords (webui-api.md 2.5, 2.4). */
export const cmdFlagsSchema = v.object({
  data_dir: v.nullish(v.string(), null),
  config: v.nullish(v.string(), null),
});

export type CmdFlags = v.InferOutput<typeof cmdFlagsSchema>;
