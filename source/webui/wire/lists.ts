import * as v from 'valibot';

const nullableText = v.nullish(v.string(), null);

/** GET /sd-models (webui-api.md 2.1). */
export const checkpointsSchema = v.array(
  v.object({
    title: v.string(),
    model_name: v.string(),
    hash: nullableText,
    filename: nullableText,
  }),
);

/** GET /samplers and GET /face-restorers (webui-api.md 2, 2.2). */
export const namesSchema = v.array(v.object({ name: v.string() }));

/** GET /schedulers; a server that has no labels is asked by name (webui-api.md 2.2, 7.1). */
export const schedulersSchema = v.array(v.object({ name: v.string(), label: nullableText }));
