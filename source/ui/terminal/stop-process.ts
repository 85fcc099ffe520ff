/** Stops this process group as Ctrl-Z does outside raw mode, and resolves once `fg` lets it go on. */
export async function stopProcess(): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>();
  process.once('SIGCONT', () => resolve());
  // The whole group, as the terminal would: `npm start` has the shell wait for npm and not for us.
  process.kill(0, 'SIGTSTP');
  await promise;
}
