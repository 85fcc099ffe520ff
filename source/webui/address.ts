/** Where a WebUI is, and the `user:password` that was written into the address, kept apart so that it is never shown. */
export type Address = { readonly url: string; readonly auth: string | null };

export type AddressReading =
  | { readonly ok: true; readonly value: Address }
  /** `reason` is a sentence for a person. */
  | { readonly ok: false; readonly reason: string };

/** The port of a WebUI that was started without `--port` (webui-api.md 1). */
const defaultPort = 7860;

const example = `write it like http://127.0.0.1:${defaultPort}`;

/** What people copy from a browser's address bar or from the API's documentation, and which is not part of the base address. */
const pastedTail = /\/(?:sdapi(?:\/.*)?|docs|redoc|openapi\.json)?\/*$/;

/**
 * Reads an address as people write it: `127.0.0.1:7860`, `http://host:7860/`, `https://user:pass@host/subpath`, `box`, `:7861`.
 * Without a scheme it is plain HTTP, and then without a port it is 7860.
 */
export function normaliseUrl(text: string): AddressReading {
  const written = text.trim();
  if (written === '') return refuse(`The address is empty: ${example}.`);
  const scheme = /^([a-z][a-z0-9+.-]*):\/\//i.exec(written)?.[1]?.toLowerCase();
  if (scheme !== undefined && scheme !== 'http' && scheme !== 'https') {
    return refuse(`A WebUI speaks http or https, not ${scheme}: ${example}.`);
  }
  const parsed = URL.parse(scheme === undefined ? `http://${completeHost(written)}` : written);
  if (!parsed?.hostname) return refuse(`This is not an address: ${example}.`);
  if (scheme === undefined && parsed.port === '' && !/:80(?:\/|$)/.test(written)) {
    parsed.port = String(defaultPort);
  }
  const auth = readAuth(parsed);
  if (auth === undefined)
    return refuse(
      'The user or password in the address is not well encoded: write % as %25, @ as %40 and / as %2F.',
    );
  const path = parsed.pathname.replace(pastedTail, '');
  return { ok: true, value: { url: `${parsed.origin}${path}`, auth } };
}

/** A port alone means this machine; `new URL('http://7860')` would read it as the address 0.0.30.180. */
function completeHost(written: string): string {
  const port = /^:?(\d{1,5})(\/.*)?$/.exec(written);
  return port ? `127.0.0.1:${port[1]}${port[2] ?? ''}` : written;
}

/** Undefined when the percent-encoding is broken. */
function readAuth({ username, password }: URL): string | null | undefined {
  if (username === '' && password === '') return null;
  try {
    return `${decodeURIComponent(username)}:${decodeURIComponent(password)}`;
  } catch {
    return undefined;
  }
}

function refuse(reason: string): AddressReading {
  return { ok: false, reason };
}
