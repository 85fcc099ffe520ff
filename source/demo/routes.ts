import type { RawBody } from './json-body.ts';
import type { Reply } from './reply.ts';

/** One request, read and let in. */
export type Exchange = { readonly query: URLSearchParams; readonly body: RawBody };

export type Handler = (exchange: Exchange) => Reply | Promise<Reply>;

/** Handlers by path, then by verb. */
export type Routes = Readonly<Record<string, Readonly<Record<string, Handler>>>>;
