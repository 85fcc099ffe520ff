import type { Manners } from './families/family.ts';
import type { Machine } from './machine.ts';
import type { Reply } from './reply.ts';
import type { Exchange, Routes } from './routes.ts';

/** What decides whether a request is let in. */
export type Admission = {
  /** `user:password`; null lets everybody in. */
  readonly auth: string | null;
  /** False answers as a WebUI without `--api`. */
  readonly hasApi: boolean;
  readonly isStarting: () => boolean;
  readonly isLockedOut: () => boolean;
};

/**
 * Finds the handler: unknown paths and wrong verbs are answered before the password is asked for, and only `/sdapi` asks for
 * it (webui-api.md 10.3, captures/forge-webui/01).
 */
export async function answer(
  routes: Routes,
  machine: Machine,
  admission: Admission,
  request: { readonly path: string; readonly verb: string; readonly authorization: string | undefined },
  readExchange: () => Promise<Exchange | null>,
): Promise<Reply> {
  const { manners } = machine.family;
  const path = manners.isLaxAboutPaths ? knownEnd(routes, request.path) : request.path;
  const isApi = path.startsWith('/sdapi/');
  const verbs = Object.hasOwn(routes, path) ? routes[path] : undefined;
  if (!verbs || (isApi && (!admission.hasApi || admission.isStarting()))) {
    return manners.unknownPath(request.verb, machine);
  }
  const handler = Object.hasOwn(verbs, request.verb) ? verbs[request.verb] : undefined;
  if (!handler) return manners.wrongVerb(Object.keys(verbs), request.verb, machine);
  const complaint = isApi ? refuseEntry(admission, manners, request.authorization) : null;
  if (complaint !== null)
    return { ...manners.refuse(401, complaint), headers: { 'www-authenticate': 'Basic' } };
  const exchange = await readExchange();
  return exchange === null ? { status: 413, body: '' } : handler(exchange);
}

/** The known path that this one ends with, itself where there is none (captures/koboldcpp/98, 99). */
function knownEnd(routes: Routes, path: string): string {
  const bare = path.length > 1 ? path.replace(/\/$/, '') : path;
  return Object.keys(routes).find((known) => known !== '/' && bare.endsWith(known)) ?? bare;
}

function refuseEntry(
  { auth, isLockedOut }: Admission,
  { complaints }: Manners,
  authorization: string | undefined,
): string | null {
  if (isLockedOut()) return complaints?.wrong ?? 'Unauthorized';
  if (auth === null || complaints === null) return null;
  const credentials = /^basic (.+)$/i.exec(authorization ?? '')?.[1];
  if (credentials === undefined) return complaints.missing;
  return Buffer.from(credentials, 'base64').toString('utf8') === auth ? null : complaints.wrong;
}
