import * as v from 'valibot';
import type { MemoryUse } from '../../generation/webui.ts';

const useSchema = v.nullish(
  v.object({ used: v.nullish(v.number(), null), total: v.nullish(v.number(), null) }),
);

/** GET /memory; a part that could not be measured is `{"error": "..."}` (webui-api.md 2.6). */
export const memorySchema = v.object({
  ram: useSchema,
  cuda: v.nullish(
    v.object({ system: useSchema, events: v.nullish(v.object({ oom: v.nullish(v.number(), null) })) }),
  ),
});

export function toMemoryUse({ ram, cuda }: v.InferOutput<typeof memorySchema>): MemoryUse {
  return {
    ramUsed: ram?.used ?? null,
    ramTotal: ram?.total ?? null,
    vramUsed: cuda?.system?.used ?? null,
    vramTotal: cuda?.system?.total ?? null,
  };
}

/** CUDA's count of shortages since the WebUI started, those included that it got over by itself. */
export function toOutOfMemoryCount({ cuda }: v.InferOutput<typeof memorySchema>): number | null {
  return cuda?.events?.oom ?? null;
}
