/** Serves the built-in WebUI until its input ends; the options are JSON in the first argument, the address is the first line. */
import { startBuiltInWebUi } from '../../source/demo/built-in-webui.ts';

const webUi = await startBuiltInWebUi({ port: 0, ...JSON.parse(process.argv[2] ?? '{}') });
process.stdin.resume().on('end', () => void webUi.close());
process.stdout.write(`${webUi.url}\n`);
