import type { Access } from '../generation/access.ts';
import type { Failure, FailureKind } from '../generation/failure.ts';
import type { CallOf } from '../presentation/describe-failure.ts';
import { readAccess } from '../settings/read-access.ts';
import type { ResolvedSettings } from '../settings/resolve.ts';
import { normaliseUrl } from '../webui/address.ts';
import { exitCode } from './exit-code.ts';
import type { Output } from './output.ts';
import { jsonLine } from './print/json-line.ts';
import { failureEvent, failureSentences } from './print/notice-event.ts';

/** Where the WebUI is and what it is told; credentials in the address count unless others are given. */
export type Target = { readonly url: string; readonly auth: string | null; readonly access?: Access };

/** Reads the address of the settings; null after saying what is wrong with it. */
export function readTarget(settings: ResolvedSettings, output: Output): Target | null {
  const address = normaliseUrl(settings.url);
  if (!address.ok) {
    output.fail('usage', address.reason);
    return null;
  }
  const { url, auth } = address.value;
  const isOther =
    settings.auth !== undefined || settings.token !== undefined || settings.authFile !== undefined;
  const reading = readAccess(isOther || auth === null ? settings : { ...settings, auth });
  if (!reading.ok) {
    output.fail('usage', reading.message);
    return null;
  }
  const { access } = reading.value;
  return { url, auth: reading.value.auth, ...(access === null ? {} : { access }) };
}

/** Says why the WebUI cannot be used, and returns the exit code that goes with it. */
export function failWith(output: Output, failure: Failure, url: string, call?: CallOf): number {
  output.say(failureSentences(failure, url, false, call));
  if (output.isJson) output.print(jsonLine(failureEvent(failure, url, Date.now(), false, call)));
  return exitCodeOf(failure);
}

/** The exit code for a WebUI that cannot be used at the start. */
export function exitCodeOf({ kind, httpStatus = 0 }: Failure): number {
  // A gateway says with these that nothing behind it answers.
  const isGatewayAlone = httpStatus >= 502 && httpStatus <= 504;
  return isGatewayAlone || absentKinds.includes(kind) ? exitCode.unreachable : exitCode.error;
}

/** To a script these are one thing: there is no WebUI to talk to at this address. */
const absentKinds: readonly FailureKind[] = [
  'unreachable',
  'starting',
  'api-off',
  'not-a-webui',
  'connection-lost',
];
