import type { LivePreviews } from '../generation/webui.ts';
import type { FamilyTraits } from './families/family-traits.ts';
import type { Options } from './wire/options.ts';

/** A1111's own values, for a server that does not tell them (webui-api.md 5.3). */
const defaultStepCount = 10;
const defaultRefreshMs = 1000;

/** What the options say of live previews (webui-api.md 5.3, 7.4). */
export function livePreviewsOf(options: Options, family: FamilyTraits['livePreviews']): LivePreviews {
  const { live_previews_enable, show_progress_every_n_steps, live_preview_refresh_period } = options;
  if (family === null) return { kind: 'none' };
  if (live_previews_enable === false) return { kind: 'off' };
  if (family.hasSwitch && live_previews_enable === null) return { kind: 'none' };
  // In any other format the answer is a 500 as soon as there is a preview (webui-api.md 4).
  if (!/^(png|jpe?g|webp)$/i.test(options.samples_format ?? 'png')) return { kind: 'none' };
  const stepCount = family.hasSwitch ? (show_progress_every_n_steps ?? defaultStepCount) : 1;
  return {
    kind: 'on',
    everyStepCount: stepCount < 0 ? null : Math.max(1, Math.floor(stepCount)),
    everyMs: Math.max(0, live_preview_refresh_period ?? defaultRefreshMs),
  };
}
