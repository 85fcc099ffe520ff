import type { WebUi } from '../generation/webui.ts';
import { describeRisks } from '../presentation/describe-risks.ts';
import { createWebUiClient } from '../webui/create-webui-client.ts';
import { failWith } from './connect.ts';
import { exitCode } from './exit-code.ts';
import type { Invocation } from './invocation.ts';
import { openAllSettings } from './open-settings.ts';
import { openTarget } from './open-target.ts';
import { createPaint, type Paint } from './print/paint.ts';

/** Connects once, hands what the WebUI has to `tell`, and returns the exit code. */
export async function askWebUi(
  invocation: Invocation,
  tell: (webUi: WebUi, paint: Paint) => void,
): Promise<number> {
  const { output } = invocation;
  const opened = openAllSettings(invocation, { followsLastUsed: false });
  if (!opened.ok) return opened.code;
  const target = await openTarget(invocation, opened.settings);
  if (!target.ok) return target.code;
  const { address } = target;
  for (const risk of describeRisks(address, false)) output.say(risk);
  const client = createWebUiClient(address);
  try {
    const answer = await client.probe();
    if (!answer.ok) return failWith(output, answer.failure, address.url);
    tell(answer.value, createPaint(invocation.environment, opened.settings.color));
    return exitCode.done;
  } finally {
    await client.close();
    await target.close();
  }
}
