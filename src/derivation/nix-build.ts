import type { Log } from '../ports/log.ts';
import type { Run, RunResult } from '../ports/run.ts';
import { nixProgress } from './nix-progress.ts';

/**
 * Runs nix-build in a group of the log: what it prints, and how far it is.
 * @param args flags, and what to build, from `nixArguments`
 */
export async function nixBuild(
  args: readonly string[],
  { run, log }: { readonly run: Run; readonly log: Log },
  title: string,
): Promise<RunResult> {
  const progressOf = nixProgress();
  return log.group(title, () =>
    run('nix-build', ['--no-out-link', ...args], {
      onLine: (line) => {
        log.info(line);
        const far = progressOf(line);
        if (far !== undefined) log.progress(far);
      },
    }),
  );
}
