import { execFile } from 'node:child_process';
import type { TmuxFacts } from './choose-terminal.ts';

/** Asks tmux about the terminal that it runs in, since it answers for itself in all else; null when it says nothing in time. */
export function askTmux(
  environment: Readonly<Record<string, string | undefined>>,
  timeoutMs: number,
): Promise<TmuxFacts | null> {
  const wanted = '#{allow-passthrough}\n#{client_termtype}\n#{client_termname}\n#{client_termfeatures}';
  return new Promise((resolve) => {
    execFile(
      'tmux',
      ['display-message', '-p', ...targetOf(environment), wanted],
      { timeout: timeoutMs, env: { ...environment }, encoding: 'utf8' },
      (error, stdout) => {
        if (error) return resolve(null);
        const [passthrough = '', type = '', name = '', features = ''] = stdout.split('\n');
        resolve({
          allowsPassthrough: /^(?:on|all|1)$/.test(passthrough),
          terminal: type === '' ? name : type,
          features: features.split(','),
        });
      },
    );
  });
}

function targetOf({ TMUX_PANE }: Readonly<Record<string, string | undefined>>): string[] {
  return TMUX_PANE ? ['-t', TMUX_PANE] : [];
}
