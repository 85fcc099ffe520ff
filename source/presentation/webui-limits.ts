import { fitToLimits, sizeMade } from '../generation/generation-limits.ts';
import type { GenerationParameters } from '../generation/parameters.ts';
import type { WebUi } from '../generation/webui.ts';
import { subjectOf } from './family-names.ts';

/** What a person has to do without on this WebUI, each the end of a sentence about it; empty for a whole one. */
export function whatItLacks(webUi: WebUi): string[] {
  const { hasProgress, hasInterrupt, hasSkip, limits } = webUi;
  const most = limits.batchSize * limits.batchCount;
  return [
    hasProgress ? null : 'tells no progress (what is shown is an estimate)',
    hasInterrupt || hasSkip ? null : 'cannot be interrupted',
    most > 16 ? null : most === 1 ? 'makes one image at a time' : `makes at most ${most} images at a time`,
  ].filter((lack) => lack !== null);
}

/** `KoboldCpp tells no progress (...), cannot be interrupted and makes one image at a time.`, or empty. */
export function describeLacks(webUi: WebUi): string {
  const lacks = whatItLacks(webUi);
  const last = lacks.pop();
  if (last === undefined) return '';
  return `${subjectOf(webUi)} ${lacks.length === 0 ? last : `${lacks.join(', ')} and ${last}`}.`;
}

/** Sentences on what will be other than asked for; rounding a size to the usual 8 pixels is not worth one. */
export function describeFitting(parameters: GenerationParameters, webUi: WebUi): string[] {
  const { limits } = webUi;
  const subject = subjectOf(webUi);
  const fitted = fitToLimits(parameters, limits);
  const size = sizeMade(parameters, limits.size);
  const isResized = size.width !== parameters.width || size.height !== parameters.height;
  const images = fitted.batchSize * fitted.batchCount;
  const isSmaller = images < parameters.batchSize * parameters.batchCount;
  return [
    isSmaller ? `${subject} makes ${images === 1 ? 'one image' : `${images} images`} at a time.` : null,
    fitted.steps === parameters.steps ? null : `${subject} takes ${fitted.steps} steps at most.`,
    fitted.cfgScale === parameters.cfgScale
      ? null
      : `${subject} takes a CFG scale from ${limits.cfgScale.min} to ${limits.cfgScale.max}.`,
    limits.size.multiple > 8 && isResized
      ? `${subject} makes ${size.width}x${size.height} of ${parameters.width}x${parameters.height}.`
      : null,
  ].filter((sentence) => sentence !== null);
}
