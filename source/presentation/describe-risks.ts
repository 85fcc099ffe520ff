import type { Access } from '../generation/access.ts';
import { shownUrl } from './shown-url.ts';

/**
 * What is risky about the way to a WebUI, as sentences that say what to do: an unverified one at each connect, credentials that cross a
 * network unencrypted at the first only.
 */
export function describeRisks(
  address: { readonly url: string; readonly auth: string | null; readonly access?: Access },
  isReconnect: boolean,
): string[] {
  const { url, auth, access } = address;
  const parsed = URL.parse(url);
  const risks: string[] = [];
  if (access?.isInsecure && parsed?.protocol === 'https:') {
    risks.push(
      `Nobody has verified who answers at ${shownUrl(url)} (--insecure): whoever stands between can read and change everything. Name its certificate with --ca-file instead.`,
    );
  }
  const isSecret = auth !== null || (access !== undefined && access.headers.length > 0);
  if (isSecret && !isReconnect && parsed?.protocol === 'http:' && !isThisMachine(parsed.hostname)) {
    risks.push(
      `The credentials for ${shownUrl(url)} cross the network unencrypted. Use https, or a tunnel: ssh -L 7860:127.0.0.1:7860 ${shownUrl(parsed.hostname)}`,
    );
  }
  return risks;
}

function isThisMachine(host: string): boolean {
  return host === 'localhost' || host === '[::1]' || host.startsWith('127.');
}
