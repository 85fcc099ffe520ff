import { formatCounted } from './numbers.ts';

/** What an end leaves behind that could not wait for the WebUI to answer. */
export function describeLeft(generationCount: number): string {
  return `What became of ${formatCounted(generationCount, 'generation')} in flight is not known, since the WebUI does not answer: the next start looks for the images.`;
}
