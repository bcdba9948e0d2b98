import { rm } from 'node:fs/promises';
import type { Log } from '../ports/log.ts';
import type { Run } from '../ports/run.ts';
import type { RunnerBuilds } from '../ports/runner-cache.ts';
import { bytesIn, emptyFolder, type Keys, type Notes, noNotes, pathsIn, readNotes } from './entry.ts';
import { copyPaths, deletePaths, pathInfos } from './store.ts';
import { costOf } from './worth.ts';

export interface BuildsTools {
  readonly builds: RunnerBuilds;
  readonly run: Run;
  readonly log: Log;
}

/** What came out of the runner's cache into the store. */
export interface Taken {
  readonly paths: readonly string[];
  readonly notes: Notes;
  /** Seconds that this run is better off for it; less than nothing where it took longer than building. */
  readonly gain: number;
}

export const nothing: Taken = { paths: [], notes: noNotes, gain: 0 };
export const said = "Builds in the runner's cache:";

/** The binary cache in a folder. What is in it is packed again by the runner's cache. */
export const addressOf = (folder: string): string => `file://${encodeURI(folder)}?compression=none`;

/**
 * Takes those of the paths that an earlier run left in the runner's cache. Only these are asked for, by name, without what they say they
 * refer to. Never throws: a cache that is broken costs time, nothing else.
 */
export async function takeBuilds(
  { own, restore }: Keys,
  wanted: readonly string[],
  { builds: { runner, folder, now }, run, log }: BuildsTools,
): Promise<Taken> {
  const started = now();
  const passed = (): number => (now() - started) / 1000;
  try {
    await emptyFolder(folder);
    const key = await runner.restoreCache([folder], own, [...restore]);
    if (key === undefined) {
      log.info(`${said} nothing was saved before`);
      return nothing;
    }
    const notes = await readNotes(folder);
    const paths = await pathsIn(folder, wanted);
    if (paths.length > 0) await copyPaths(paths, '--from', addressOf(folder), run);
    const slower = measured(await bytesIn(folder), passed()) ?? notes.slower;
    const seconds = paths.reduce((sum, one) => sum + (notes.seconds.get(one) ?? 0), 0);
    const took = passed().toFixed(1);
    log.info(
      paths.length === 0
        ? `${said} none that is needed (${took} s)`
        : `${said} ${paths.length} taken in ${took} s, that took ${seconds.toFixed(0)} s to build`,
    );
    return { paths, notes: { ...notes, slower }, gain: seconds - passed() };
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    log.warning(`${said} what is there can't be used (${why}); it is built instead.`);
    // Nor is what came in before the one that is broken.
    await deletePaths(wanted, run).catch(() => {});
    const left = await pathInfos(wanted, run);
    return { ...nothing, paths: [...left.keys()], gain: Number.NEGATIVE_INFINITY };
  } finally {
    await rm(folder, { recursive: true, force: true }).catch(() => {});
  }
}

/** How many times the guess it took; undefined where it was too little to say. */
const measured = (bytes: number, seconds: number): number | undefined =>
  bytes < 1e6 ? undefined : Math.min(20, Math.max(0.2, seconds / costOf(bytes)));
