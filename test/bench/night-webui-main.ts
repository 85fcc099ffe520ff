/** `webui-process-main.ts`, with options of `NightWebUiOptions`: listens no sooner than a WebUI that takes `bootMs` to start. */
import { setTimeout as delay } from 'node:timers/promises';
import { startBuiltInWebUi } from '../../source/demo/built-in-webui.ts';

const { bootMs, ...options } = JSON.parse(process.argv[2] ?? '{}');
await delay(bootMs - performance.now());
const webUi = await startBuiltInWebUi(options);
process.stdin.resume().on('end', () => void webUi.close());
process.stdout.write(`${webUi.url}\n`);
