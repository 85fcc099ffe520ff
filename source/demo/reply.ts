/** What goes back over HTTP. */
export type Reply = {
  readonly status: number;
  readonly body: string;
  /** `application/json` where not given; null for none. */
  readonly contentType?: string | null;
  readonly headers?: Readonly<Record<string, string>>;
  /** Destroys the connection instead of ending it well: before the first byte, or in the middle of the body. */
  readonly cut?: 'at-once' | 'halfway';
};

/** A JSON answer. */
export function json(value: unknown, status = 200): Reply {
  return { status, body: JSON.stringify(value) };
}

/** The answer of FastAPI itself: unknown route, wrong verb (webui-api.md 10.1). */
export function fastApiError(status: 404 | 405, headers: Readonly<Record<string, string>> = {}): Reply {
  return { ...json({ detail: status === 404 ? 'Not Found' : 'Method Not Allowed' }, status), headers };
}

/** What A1111 makes of its own HTTPException (webui-api.md 10.1). */
export function httpException(status: number, detail: string): Reply {
  return json({ error: 'HTTPException', detail, body: '', errors: '' }, status);
}

/** What FastAPI makes of an HTTPException where nobody changes it, as in Forge (captures/forge/105, captures/forge-webui/01). */
export function fastApiException(status: number, detail: string): Reply {
  return json({ detail }, status);
}

/** A Python exception inside the WebUI: leaves a generation and becomes a 500 with its class and words. */
export class PythonError extends Error {
  override readonly name: string;

  constructor(name: string, words: string) {
    super(words);
    this.name = name;
  }
}

/** The 500 that A1111 answers for any exception (webui-api.md 10.1). */
export function exceptionReply({ name, message }: PythonError): Reply {
  return json({ error: name, detail: '', body: '', errors: message }, 500);
}
