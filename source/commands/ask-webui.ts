import type { WebUi } from '../generation/webui.ts';
import { createWebUiClient } from '../webui/create-webui-client.ts';
import { failWith, readTarget } from './connect.ts';
import { exitCode } from './exit-code.ts';
import type { Invocation } from './invocation.ts';
import { openAllSettings } from './open-settings.ts';
import { createPaint, type Paint } from './print/paint.ts';

/** Connects once, hands what the WebUI has to `tell`, and returns the exit code. */
export async function askWebUi(
  invocation: Invocation,
  tell: (webUi: WebUi, paint: Paint) => void,
): Promise<number> {
  const { output } = invocation;
  const opened = openAllSettings(invocation, { followsLastUsed: false });
  if (!opened.ok) return opened.code;
  const target = readTarget(opened.settings, output);
  if (target === null) return exitCode.wrongUsage;
  const client = createWebUiClient(target);
  try {
    const answer = await client.probe();
    if (!answer.ok) return failWith(output, answer.failure, target.url);
    tell(answer.value, createPaint(invocation.environment, opened.settings.color));
    return exitCode.done;
  } finally {
    await client.close();
  }
}
