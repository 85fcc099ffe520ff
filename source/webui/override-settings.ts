import type { Options } from './wire/options.ts';

/** Options that hold for one request (webui-api.md 3.1). */
export type OverrideSettings = {
  readonly sd_model_checkpoint?: string;
  readonly return_grid?: false;
  readonly grid_save?: false;
};

/**
 * Only what differs from what the WebUI has: an override of an option that was never saved stays for everyone's later requests
 * (webui-api.md 13.3). Without known options (`null`) the checkpoint is named and nothing else.
 */
export function overrideSettings(
  asked: {
    /** Null where it is chosen in another way. */
    readonly checkpoint: string | null;
    readonly hasGrid: boolean;
  },
  options: Options | null,
): OverrideSettings {
  const { checkpoint, hasGrid } = asked;
  return {
    ...(checkpoint === null || isSelected(checkpoint, options?.sd_model_checkpoint)
      ? {}
      : { sd_model_checkpoint: checkpoint }),
    ...(hasGrid && options?.return_grid ? { return_grid: false } : {}),
    ...(hasGrid && options?.grid_save ? { grid_save: false } : {}),
  };
}

/** The options often hold the title without its ` [hash]` (webui-api.md 7.2). */
function isSelected(title: string, selected: string | null | undefined): boolean {
  return selected != null && withoutHash(title) === withoutHash(selected);
}

function withoutHash(title: string): string {
  return title.replace(/ \[[0-9a-f]+\]$/i, '');
}
