import { fastApiError, httpException, type Reply } from './reply.ts';
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
  admission: Admission,
  request: { readonly path: string; readonly verb: string; readonly authorization: string | undefined },
  readExchange: () => Promise<Exchange | null>,
): Promise<Reply> {
  const isApi = request.path.startsWith('/sdapi/');
  const verbs = Object.hasOwn(routes, request.path) ? routes[request.path] : undefined;
  if (!verbs || (isApi && (!admission.hasApi || admission.isStarting()))) return fastApiError(404);
  const handler = Object.hasOwn(verbs, request.verb) ? verbs[request.verb] : undefined;
  if (!handler) return fastApiError(405, { allow: Object.keys(verbs).join(', ') });
  const complaint = isApi ? refuseEntry(admission, request.authorization) : null;
  if (complaint !== null)
    return { ...httpException(401, complaint), headers: { 'www-authenticate': 'Basic' } };
  const exchange = await readExchange();
  return exchange === null ? { status: 413, body: '' } : handler(exchange);
}

function refuseEntry({ auth, isLockedOut }: Admission, authorization: string | undefined): string | null {
  if (isLockedOut()) return 'Incorrect username or password';
  if (auth === null) return null;
  const credentials = /^basic (.+)$/i.exec(authorization ?? '')?.[1];
  if (credentials === undefined) return 'Not authenticated';
  return Buffer.from(credentials, 'base64').toString('utf8') === auth
    ? null
    : 'Incorrect username or password';
}
