import type { ChoiceContext } from './apply-choices.ts';

export async function lookAtPictures(
  _context: ChoiceContext,
  _signal: AbortSignal,
  _onProgress?: (lookedCount: number) => void,
): Promise<number> {
  return 0;
}
