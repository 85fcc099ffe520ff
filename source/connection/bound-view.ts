import type { FilesRequest } from '../presentation/snapshot.ts';

/** Four pages of the tallest terminal; each row costs every snapshot its bytes. */
export const maxRowCount = 2000;

/** In UTF-16 units; longer than any file name. */
export const maxFilterLength = 1000;

/** The window as a runner takes it: a filter that was pasted by mistake must not end the connection. */
export function boundView({ firstIndex, count, filter }: FilesRequest): FilesRequest {
  return { firstIndex, count: Math.min(count, maxRowCount), filter: filter.slice(0, maxFilterLength) };
}
