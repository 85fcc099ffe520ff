import type { RawBody } from './json-body.ts';
import type { Reply } from './reply.ts';

/** One request, read and let in. */
export type Exchange = { readonly query: URLSearchParams; readonly body: RawBody };

export type Handler = (exchange: Exchange) => Reply | Promise<Reply>;

/** Handlers by path, then by verb. */
export type Routes = Readonly<Record<string, Readonly<Record<string, Handler>>>>;

/** The routes of another family that lacks some paths. */
export function withoutPaths(routes: Routes, paths: readonly string[]): Routes {
  return Object.fromEntries(Object.entries(routes).filter(([path]) => !paths.includes(path)));
}
