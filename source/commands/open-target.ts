import { demoDirectory } from '../settings/directories.ts';
import type { ResolvedSettings } from '../settings/resolve.ts';
import { readTarget, type Target } from './connect.ts';
import { startDemoProcess } from './demo-process.ts';
import { exitCode } from './exit-code.ts';
import type { Invocation } from './invocation.ts';

/** The WebUI that a loop is to use, or the exit code, the trouble having been said. */
export type OpenedTarget =
  | {
      readonly ok: true;
      readonly address: Target;
      readonly isDemo: boolean;
      /** Ends the built-in WebUI, if it is that. */
      close(): Promise<void>;
    }
  | { readonly ok: false; readonly code: number };

/** Finds the address of the WebUI, starting the built-in one for `--demo`. */
export async function openTarget(
  { flags, environment, output }: Invocation,
  settings: ResolvedSettings,
): Promise<OpenedTarget> {
  if (!flags.isDemo) {
    if (flags.family !== null) {
      output.fail('usage', '--family is for the built-in WebUI: add --demo.');
      return { ok: false, code: exitCode.wrongUsage };
    }
    const address = readTarget(settings, output);
    if (address === null) return { ok: false, code: exitCode.wrongUsage };
    return { ok: true, address, isDemo: false, close: async () => {} };
  }
  if (flags.settings.url !== undefined) {
    output.fail('usage', '--demo brings its own WebUI: leave --url out.');
    return { ok: false, code: exitCode.wrongUsage };
  }
  try {
    const demo = await startDemoProcess({
      dataDirectory: demoDirectory(environment),
      extraArgs: flags.family === null ? [] : [`--family=${flags.family}`],
    });
    return { ok: true, address: { url: demo.url, auth: null }, isDemo: true, close: demo.stop };
  } catch (error) {
    output.fail('start', error instanceof Error ? error.message : String(error));
    return { ok: false, code: exitCode.error };
  }
}
