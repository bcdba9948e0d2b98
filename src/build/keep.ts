import { rm } from 'node:fs/promises';
import { emptyFolder, type Keys, writeNotes } from './entry.ts';
import { type Span, sharesOf } from './shares.ts';
import { copyPaths, type PathInfo, pathInfos } from './store.ts';
import { addressOf, type BuildsTools, said, type Taken } from './take.ts';
import type { ToBuild } from './to-build.ts';
import { type Built, gainOf, leastGain, total, worthKeeping } from './worth.ts';

/**
 * Leaves for the next run what was built here, and what was taken and is still needed, where that run is better off for it than with
 * what is there already. Never throws.
 * @param started by derivation, when its build began, in seconds since 1970
 */
export async function keepBuilds(
  { own }: Keys,
  toBuild: ToBuild,
  taken: Taken,
  started: ReadonlyMap<string, number>,
  { builds: { runner, folder, now }, run, log }: BuildsTools,
): Promise<void> {
  try {
    const outputs = [...toBuild.derivations.values()].flatMap((one) => one.outputs);
    const built = builtOf(toBuild, taken, started, await pathInfos(outputs, run));
    const { slower } = taken.notes;
    const kept = worthKeeping(built, slower);
    const size = `${(total(kept, 'bytes') / 1e6).toFixed(1)} MB for ${total(kept, 'seconds').toFixed(0)} s of building`;
    const isFirst = taken.gain === 0 && kept.length === 0;
    if (isFirst || gainOf(kept, slower) - taken.gain <= leastGain) {
      log.info(`${said} nothing saved (the next run would not be ${leastGain} s quicker for it)`);
      return;
    }
    await emptyFolder(folder);
    const paths = kept.map(({ path }) => path);
    if (paths.length > 0) await copyPaths(paths, '--to', addressOf(folder), run);
    await writeNotes(folder, { slower, seconds: new Map(kept.map((one) => [one.path, one.seconds])) });
    await runner.saveCache([folder], own + now().toString(36));
    log.info(`${said} ${kept.length} saved, ${size}`);
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    log.warning(`${said} what was built could not be saved (${why}); the next run builds it again.`);
  } finally {
    await rm(folder, { recursive: true, force: true }).catch(() => {});
  }
}

/** What may be kept, with what it took. Archives refer to nothing; what does would have to bring it along. */
function builtOf(
  { derivations, lasting }: ToBuild,
  { notes }: Taken,
  started: ReadonlyMap<string, number>,
  infos: ReadonlyMap<string, PathInfo>,
): Built[] {
  const spans = [...derivations].flatMap(([name, { outputs }]): Span[] => {
    const from = started.get(name);
    const ends = outputs.flatMap((one) => infos.get(one)?.registered ?? []);
    // Whole seconds are registered: half of one is what is missing on average.
    return from === undefined ? [] : [{ name, from, to: Math.max(from, ...ends.map((end) => end + 0.5)) }];
  });
  const shares = sharesOf(spans);
  return [...lasting].flatMap(([name, { outputs }]) =>
    outputs.flatMap((path): Built[] => {
      const info = infos.get(path);
      const seconds = shares.get(name) ?? notes.seconds.get(path);
      if (!info || seconds === undefined || info.references.some((one) => one !== path)) return [];
      return [{ path, bytes: info.bytes, seconds: seconds / outputs.length }];
    }),
  );
}
