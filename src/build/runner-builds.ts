import type { Where } from '../derivation/where.ts';
import { UserError } from '../ports/errors.ts';
import type { Run } from '../ports/run.ts';
import { keysOf } from './entry.ts';
import { keepBuilds } from './keep.ts';
import { deletePaths, isTrusted } from './store.ts';
import { type BuildsTools, nothing, said, type Taken, takeBuilds } from './take.ts';
import { madeOf, type ToBuild, whatIsToBuild } from './to-build.ts';

/** How the package is to be built. */
export interface Way {
  readonly run: Run;
  /** Arguments of nix-build; those of the package where they are not given. */
  readonly args?: readonly string[];
}

export interface Proven<T> {
  readonly result: T;
  /** How many store paths were taken, and not built here. */
  readonly taken: number;
}

/**
 * Builds and proves a package with what earlier runs left in the runner's cache, and leaves there what the next one will need again.
 *
 * What comes from there is used for this alone: it goes into the store when all hashes are known and written, no `post-build-hook` sees
 * what is built with it, and it leaves the store with all of that afterwards. Where the package does not build or import with it, that says
 * nothing: it is built again from its sources.
 * @param prove builds in the way that it is given, and imports
 * @throws what `prove` throws
 */
export async function withRunnerBuilds<T>(
  where: Where,
  system: string,
  tools: BuildsTools,
  prove: (way: Way) => Promise<T>,
): Promise<Proven<T>> {
  const { builds, run, log } = tools;
  const toBuild = await usefully(where, tools);
  if (toBuild === undefined) return { result: await prove({ run }), taken: 0 };
  const outputs = [...toBuild.lasting.values()].flatMap((one) => one.outputs);
  const keys = keysOf(system, where.attribute, outputs);
  const { started, watched } = watching(tools);
  let taken = await takeBuilds(keys, outputs, tools);
  try {
    const result = await prove(wayOf(toBuild, taken, watched)).catch(async (error: unknown) => {
      if (taken.paths.length === 0 || !isAboutBuild(error)) throw error;
      log.warning(
        `${said} '${where.attribute}' does not build or import with what was taken; it is built again from its sources.`,
      );
      if (!(await giveBack(toBuild, taken, tools))) throw error;
      taken = { ...nothing, gain: Number.NEGATIVE_INFINITY };
      return prove(wayOf(toBuild, taken, watched));
    });
    if (builds.maySave) await keepBuilds(keys, toBuild, taken, started, tools);
    return { result, taken: taken.paths.length };
  } finally {
    await giveBack(toBuild, taken, tools);
  }
}

/** What is to be built, where some of it outlasts a bump and Nix lets us put it into its store. */
async function usefully(where: Where, { run, log }: BuildsTools): Promise<ToBuild | undefined> {
  try {
    const toBuild = await whatIsToBuild(where, run);
    if (toBuild.lasting.size === 0) {
      log.info(`${said} not asked (nothing has to be built that outlasts a bump)`);
      return undefined;
    }
    if ((await isTrusted(run)) !== false) return toBuild;
    log.info(`${said} not asked (this user is not among Nix's trusted-users)`);
  } catch {
    // The build itself says what is wrong.
  }
  return undefined;
}

function wayOf({ package: own }: ToBuild, { paths }: Taken, run: Run): Way {
  // Whoever is handed what is built here is handed what was built from sources.
  const alone = paths.length > 0 ? ['--option', 'post-build-hook', ''] : [];
  return { run, args: [...alone, own] };
}

/** Notes when each build begins, of all that Nix says while it runs. */
function watching({ run, builds: { now } }: BuildsTools): { started: Map<string, number>; watched: Run } {
  const started = new Map<string, number>();
  const watched: Run = (program, args, options = {}) =>
    run(program, args, {
      ...options,
      onLine: (line) => {
        const name = /^building '([^']+\.drv)'/.exec(line)?.[1];
        if (name !== undefined) started.set(name, now() / 1000);
        options.onLine?.(line);
      },
    });
  return { started, watched };
}

const isAboutBuild = (error: unknown): boolean =>
  error instanceof UserError && ['build-failed', 'import-failed'].includes(error.code);

/** @returns whether what was taken, and what was built with it, is out of the store */
async function giveBack(
  { derivations, lasting }: ToBuild,
  { paths }: Taken,
  { run, log }: BuildsTools,
): Promise<boolean> {
  if (paths.length === 0) return true;
  const isTaken = new Set(paths);
  const sources = [...lasting].filter(([, { outputs }]) => outputs.some((one) => isTaken.has(one)));
  const made = madeOf(new Set(sources.map(([name]) => name)), derivations);
  const outputs = [...made].flatMap((name) => derivations.get(name)?.outputs ?? []);
  try {
    await deletePaths([...paths, ...outputs], run);
    return true;
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    log.warning(`${said} what was taken could not be deleted from the store again (${why}).`);
    return false;
  }
}
