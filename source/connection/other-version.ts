import { cleanText } from '../presentation/clean-text.ts';

/** Why a screen cannot be shown by a runner of another version, and how to replace it; said by whichever notices first. */
export function otherVersionReason(versions: { readonly runner: string; readonly screen: string }): string {
  const [runner, screen] = [cleanText(versions.runner), cleanText(versions.screen)];
  return `The loop is run by sdloop ${runner}, and this is sdloop ${screen}: end it with \`sdloop stop\`, then start again.`;
}
