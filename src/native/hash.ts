import { stat } from 'node:fs/promises';
import path from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { download } from '../artifacts/download.ts';
import { manifestText } from '../artifacts/manifest.ts';
import { unwritable } from '../artifacts/messages.ts';
import { asDownload, localChanged, localMissing, type Wheel } from '../artifacts/wheels.ts';
import { UserError } from '../ports/errors.ts';
import type { DiskError } from './intake.ts';
import type { Lane } from './lane.ts';
import type { PassPlan } from './pass.ts';
import type { Seen } from './read.ts';
import type { NativeResult, NativeSystem, NativeTools } from './types.ts';
import { type UnionFile, unionOf } from './union.ts';
import { runInWindow } from './window.ts';

/** Bytes on their way, measured: less leaves round trips to be waited for, more brings files far out of their turn. */
const limits = { bytes: 12 * 1024 * 1024, few: 4 };
/**
 * How many downloads at once. Each has a connection, which costs this thread some 4 ms, 2 of them its handshake: near an index half as many are
 * quicker. What is not done after this many milliseconds waits for round trips, and there more are.
 */
const connections = { soon: 300, first: 8, later: 16 };
/** A wrong file costs a round; a cache that is wrong in a third one is not worth more. */
const maxRounds = 3;

/**
 * Computes the hashes of fixed outputs without Nix: what `fetchWheels` would write and `nix hash path` would then print,
 * for all systems in one pass over their files. What two systems share is fetched, read and verified once.
 *
 * Files come from the cache where it has them and are verified again even so; what is downloaded is verified before it
 * enters the cache.
 *
 * @param project folder of uv.lock, for wheels that lie beside it
 * @throws UserError as `download` does, and `cache-unusable`
 */
export async function hashNatively(
  systems: readonly NativeSystem[],
  project: string,
  tools: NativeTools,
): Promise<NativeResult> {
  const files = unionOf(systems);
  const run: Run = {
    files,
    plan: {
      manifests: systems.map(({ artifacts, target }) => manifestText(artifacts, target)),
      files: files.map(({ wheel, outputs }) => ({ name: wheel.filename, digest: wheel.hash, outputs })),
    },
    places: new Map(),
    project,
    tools,
    downloaded: { files: 0, bytes: 0 },
  };
  try {
    for (let round = 0; round < maxRounds; round += 1) {
      const hashes = await hashRound(run, round > 0);
      if (hashes) return { hashes: systems.map(describe(hashes)), downloaded: run.downloaded };
    }
  } finally {
    const left = [...run.places.values()].filter(({ kind }) => kind === 'temporary');
    await Promise.all(left.map(({ file }) => tools.cache.discard(file)));
  }
  throw new UserError(
    'cache-unusable',
    'Files of the cache change while they are read, again and again. Delete its folder (uv-fod in XDG_CACHE_HOME), or see whether the disk is sound.',
  );
}

const describe =
  (hashes: readonly string[]) =>
  ({ target, artifacts }: NativeSystem, index: number) => ({
    system: target.system,
    hash: hashes[index] ?? '',
    files: artifacts.filter(({ kind }) => kind === 'wheel').length,
  });

/** What rounds have in common. */
interface Run {
  readonly files: readonly UnionFile[];
  readonly plan: PassPlan;
  /** Where files are, by index. */
  readonly places: Map<number, Place>;
  readonly project: string;
  readonly tools: NativeTools;
  readonly downloaded: { files: number; bytes: number };
}

interface Place {
  readonly kind: 'cached' | 'local' | 'temporary';
  readonly file: string;
}

/** @returns the hashes, or undefined where files were wrong; those are gone from cache and places then */
async function hashRound(run: Run, isRepeat: boolean): Promise<readonly string[] | undefined> {
  const { files, places, tools } = run;
  await Promise.all(
    files.map(async ({ wheel }, index) => {
      const place = places.get(index) ?? (await find(wheel, run));
      if (place) places.set(index, place);
    }),
  );
  const settling: Promise<unknown>[] = [];
  const settleLater = (index: number, isRight: boolean, error?: DiskError): void => {
    // An error is kept as a value until all have ended: thrown meanwhile, nobody would hear it.
    settling.push(settle(index, isRight, error, run).catch((thrown: unknown) => ({ error: thrown })));
  };
  const used: { readonly file: string; readonly seen: Seen }[] = [];
  const known = [...places].sort(([a], [b]) => a - b);
  const lane = tools.startLane(run.plan, settleLater);
  // A lane that fails has to be heard before everything has come.
  lane.result.catch(() => {});
  try {
    const fetching = fetchMissing(run, isRepeat, lane);
    fetching.catch(() => {});
    // In their turn, so that what is read goes straight into the archives.
    for (const [index, { file }] of known) {
      const { isRight, seen } = lane.read(index, file);
      settleLater(index, isRight);
      if (isRight && seen && places.get(index)?.kind === 'cached') used.push({ file, seen });
      // What is fetched at the same time gets its turn.
      if (known.length < files.length) await setImmediate();
    }
    await fetching;
    const hashes = await lane.result;
    // Not before the other end has read them too: to it a file that was touched is another one.
    await Promise.all(used.map(({ file, seen }) => tools.cache.used(file, seen)));
    return hashes;
  } catch (error) {
    // Until it has stopped it may make files that have to go.
    await lane.stop();
    throw error;
  } finally {
    lane.stop().catch(() => {});
    for (const settled of await Promise.all(settling)) rethrow(settled);
  }
}

function rethrow(settled: unknown): void {
  if (typeof settled === 'object' && settled !== null && 'error' in settled) throw settled.error;
}

async function find(wheel: Wheel, { project, tools }: Run): Promise<Place | undefined> {
  if (wheel.path !== undefined) return { kind: 'local', file: path.resolve(project, wheel.path) };
  const file = wheel.hash === undefined ? undefined : await tools.cache.find(wheel.hash);
  return file === undefined ? undefined : { kind: 'cached', file };
}

interface Task {
  readonly index: number;
  readonly wheel: Wheel;
  readonly size: number;
  /** Where it is put until it is verified. */
  readonly file: string;
}

/** The lane verifies what came. Where that said no before, the digest is checked on the way: its error knows more. */
async function fetchMissing(run: Run, isRepeat: boolean, lane: Lane): Promise<void> {
  const { files, places, tools, downloaded } = run;
  const tasks = files.flatMap(({ wheel }, index): Task[] =>
    places.has(index)
      ? []
      : [{ index, wheel, size: wheel.size ?? 1024 * 1024, file: tools.cache.temporary() }],
  );
  if (tasks.length === 0) return;
  for (const { index, file } of tasks) places.set(index, { kind: 'temporary', file });
  // Files are made while the first connections are.
  lane.expect(tasks.map(({ index, file }) => ({ index, file })));
  const network = await tools.network();
  const controller = new AbortController();
  const expected = tasks.reduce((sum, { size }) => sum + size, 0);
  // In another round, what came before counts as well.
  const all = { files: downloaded.files + tasks.length, bytes: downloaded.bytes + expected };
  const one = async ({ index, wheel, file }: Task): Promise<void> => {
    const place = wheel.hash === undefined ? undefined : await tools.cache.placeFor(wheel.hash);
    const sink = lane.receive(index, file, wheel.size);
    const options = { sink, digests: isRepeat ? 'now' : 'later', signal: controller.signal } as const;
    const { size } = await download(asDownload(wheel), file, network, options);
    lane.end(index, place);
    downloaded.files += 1;
    downloaded.bytes += size;
    tools.onProgress?.(downloaded, all);
  };
  lane.result.catch((error: unknown) => controller.abort(error));
  // Room is made while the first connection is: a cache that can't be trimmed is no reason to stop.
  const trimmed = tools.cache.trim(Math.max(0, tools.cacheSize - expected)).catch(() => {});
  const started = performance.now();
  const many = (): number =>
    performance.now() - started < connections.soon ? connections.first : connections.later;
  await runInWindow(tasks, one, { ...limits, many }, () => controller.abort());
  await trimmed;
}

/** Acts on a file's verdict: what was fetched is in the cache now, what is wrong goes away. */
async function settle(
  index: number,
  isRight: boolean,
  error: DiskError | undefined,
  { files, places, tools: { cache } }: Run,
): Promise<void> {
  const [place, item] = [places.get(index), files[index]];
  if (!place || !item) return;
  const { wheel } = item;
  if (error) throw unwritable({ label: wheel.filename }, error);
  if (isRight) {
    // In another round the cache has it.
    if (place.kind === 'temporary' && wheel.hash !== undefined) places.delete(index);
  } else if (place.kind === 'local') throw await whatIsWrong(wheel, place.file);
  else {
    places.delete(index);
    await cache.discard(place.file);
  }
}

async function whatIsWrong(wheel: Wheel, file: string): Promise<UserError> {
  const found = await stat(file).catch(() => undefined);
  return found?.isFile() ? localChanged(wheel) : localMissing(wheel);
}
