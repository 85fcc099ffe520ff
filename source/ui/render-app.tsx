import type { WriteStream } from 'node:tty';
import { type Instance, render } from 'ink';
import { App, type AppProps } from './app.tsx';

/** Has Ink draw the app on the alternate screen and read the keys. */
export function renderApp(
  props: AppProps,
  { stdin, stdout }: { readonly stdin: NodeJS.ReadStream; readonly stdout: WriteStream },
): Instance {
  return render(<App {...props} />, {
    stdout,
    stdin,
    alternateScreen: true,
    incrementalRendering: true,
    maxFps: 30,
    exitOnCtrlC: false,
    patchConsole: false,
    interactive: true,
  });
}
