import { buildBackend, pyprojectOfSdist } from '../build-lock/pyproject-of.ts';
import { type HashTools, idOf, VerifiedFiles } from '../fetch/verified-files.ts';
import { clauseOf, UserError } from '../system/errors.ts';
import { inParallel } from '../system/promises.ts';
import type { Artifact } from '../uv/plan/artifact.ts';
import { compareWheels } from './compare.ts';
import { type ComparedPlans, type Pair, pairsOf, unchangedOf } from './pairs.ts';
import type { ContentChange, Contents, NotCompared, PackageContents } from './types.ts';
import { installedFiles, readWheel, type WheelContents } from './wheel.ts';

/** Bytes of old files that are downloaded, and of unchanged files that are read. */
const MOST = 500e6;
/** Packages at the same time. */
const AT_ONCE = 4;
/** Changes that are listed of one package. */
const MOST_CHANGES = 500;

/**
 * What changed inside the packages of which other files are installed than before: from the wheels'
 * own directories, of which nothing is executed. Files are read only after their digest was
 * verified; those without one, and those that can't be fetched any more, are listed as not
 * compared.
 *
 * @param plans one for each system
 * @param project folder of the lock now
 */
export async function compareContents(
  plans: readonly ComparedPlans[],
  project: string,
  tools: HashTools,
): Promise<Contents> {
  const pairs = pairsOf(plans);
  if (pairs.length === 0) return { packages: [], notCompared: [] };
  return new ContentsReader(pairs, project, tools).run(unchangedOf(plans));
}

interface Compared {
  readonly pair: Pair;
  readonly changes: readonly ContentChange[];
  readonly size?: PackageContents['size'];
}

type Wheels = ReadonlyMap<string, WheelContents>;

class ContentsReader {
  readonly #pairs: readonly Pair[];
  readonly #project: string;
  readonly #tools: HashTools;
  readonly #notCompared: NotCompared[] = [];

  constructor(pairs: readonly Pair[], project: string, tools: HashTools) {
    this.#pairs = pairs;
    this.#project = project;
    this.#tools = tools;
  }

  async run(unchanged: readonly Artifact[]): Promise<Contents> {
    const tooMany = this.#beyond();
    const now = await this.#wheels(this.#pairs.map(({ after }) => after));
    const others = await this.#installed(unchanged, now);
    const compared = await inParallel(this.#pairs, AT_ONCE, (pair) =>
      this.#compare(pair, now, others, tooMany),
    );
    return {
      packages: packagesOf(compared.filter((one) => one !== undefined)),
      notCompared: this.#notCompared,
    };
  }

  /** Old files beyond the limit; the smallest ones are compared. */
  #beyond(): ReadonlySet<string> {
    const old = new Map(this.#pairs.flatMap(({ before }) => (before ? [[idOf(before), before]] : [])));
    const beyond = new Set<string>();
    let sum = 0;
    for (const [id, { hash, path, size = MOST }] of [...old].sort(
      ([, a], [, b]) => (a.size ?? MOST) - (b.size ?? MOST),
    )) {
      if (path !== undefined || hash === undefined || this.#tools.cache.take(hash)) continue;
      sum += size;
      if (sum > MOST) beyond.add(id);
    }
    return beyond;
  }

  /** The wheels of changed packages as they are now. */
  async #wheels(artifacts: readonly Artifact[]): Promise<Wheels> {
    const wheels = artifacts.filter(({ kind, hash }) => kind === 'wheel' && hash !== undefined);
    const read = await inParallel(wheels, AT_ONCE, async (one): Promise<[string, WheelContents][]> => {
      const contents = await this.#attempt(one, (file) => readWheel(file));
      return contents ? [[idOf(one), contents]] : [];
    });
    return new Map(read.flat());
  }

  /** Who installs which file: unchanged packages whose wheel is at hand, and changed ones. */
  async #installed(unchanged: readonly Artifact[], now: Wheels): Promise<Owners> {
    const owners: Owners = new Map();
    const add = (name: string, installed: ReadonlyMap<string, number>): void => {
      for (const [file, crc] of installed) owners.set(file, [...(owners.get(file) ?? []), { name, crc }]);
    };
    for (const { after } of this.#pairs) add(after.name, now.get(idOf(after))?.installed ?? new Map());
    const files = new VerifiedFiles(this.#project, this.#tools);
    let [sum, missing] = [0, 0];
    for (const one of unchanged) {
      sum += one.size ?? 0;
      const file = one.path === undefined && sum <= MOST ? await files.cached(one) : undefined;
      if (file === undefined) missing += 1;
      else add(one.name, installedFiles(file));
    }
    if (missing > 0)
      this.#notCompared.push({
        name: `${missing} unchanged packages`,
        why: 'their wheels are not at hand, so files that they share with changed ones are not known',
        kinds: ['shared-file'],
      });
    return owners;
  }

  async #compare(
    pair: Pair,
    now: Wheels,
    owners: Owners,
    tooMany: ReadonlySet<string>,
  ): Promise<Compared | undefined> {
    const { before, after } = pair;
    const form = formChange(pair);
    const missing = whyNot(after) ?? (before && whyNot(before));
    if (missing !== undefined) return this.#without(pair, form, missing);
    if (before && tooMany.has(idOf(before)))
      return this.#without(pair, form, `the old files have more than ${MOST / 1e6} MB in all`);
    if (after.kind === 'sdist') {
      const backend = await this.#backends(before?.kind === 'sdist' ? before : undefined, after);
      return { pair, changes: [...form, ...backend] };
    }
    const contents = now.get(idOf(after));
    if (contents === undefined) return { pair, changes: form };
    const isWheel = before?.kind === 'wheel';
    const old = isWheel ? await this.#attempt(before, (file) => readWheel(file)) : undefined;
    if (isWheel && old === undefined) return { pair, changes: form };
    const shared = (file: string, crc: number): string[] =>
      old?.installed.has(file)
        ? []
        : (owners.get(file) ?? [])
            .filter((one) => one.name !== after.name && one.crc !== crc)
            .map(({ name }) => name);
    const size = { after: contents.size, ...(old ? { before: old.size } : {}) };
    return { pair, changes: [...form, ...compareWheels(old, contents, shared)], size };
  }

  #without(pair: Pair, changes: ContentChange[], why: string): Compared {
    const { name, version } = pair.after;
    if (why !== '') this.#notCompared.push({ name, ...(version === undefined ? {} : { version }), why });
    return { pair, changes };
  }

  /** How the backend that builds an sdist changed. */
  async #backends(before: Artifact | undefined, after: Artifact): Promise<ContentChange[]> {
    const read = (one: Artifact): Promise<string | undefined> =>
      this.#attempt(one, async (file) =>
        buildBackend(await pyprojectOfSdist(file, one.filename ?? '', one.subdirectory), one.name),
      );
    const now = await read(after);
    if (now === undefined) return [];
    const old = before && (await read(before));
    if (before && old === undefined) return [];
    if (now === old) return [];
    return [
      {
        kind: 'build-backend',
        what: now,
        change: old ? 'changed' : 'added',
        ...(old ? { detail: `was ${old}` } : {}),
      },
    ];
  }

  /** Works on a verified file; what can't be fetched or read is noted, and stops nothing. */
  async #attempt<T>(one: Artifact, work: (file: string) => Promise<T>): Promise<T | undefined> {
    const files = new VerifiedFiles(this.#project, this.#tools);
    try {
      await files.findAll(new Map([[idOf(one), one]]));
      return await work(files.found.get(idOf(one)) ?? '');
    } catch (error) {
      if (!(error instanceof UserError)) throw error;
      const { name, version } = one;
      this.#notCompared.push({ name, ...(version ? { version } : {}), why: clauseOf(error) });
      return undefined;
    } finally {
      await files.removeTemporary();
    }
  }
}

type Owners = Map<string, readonly { readonly name: string; readonly crc: number }[]>;

/** Why an artifact can't be read; empty for what the repository's own history shows. */
function whyNot({ kind, hash, path }: Artifact): string | undefined {
  if (kind === 'directory') return '';
  if (kind === 'git') return 'it comes from a git repository';
  if (path !== undefined) return '';
  return hash === undefined ? 'uv.lock has no digest of its file' : undefined;
}

function formChange({ before, after }: Pair): ContentChange[] {
  const isSame = before === undefined ? after.kind === 'wheel' : before.kind === after.kind;
  if (isSame || after.kind === 'directory') return [];
  const what = before === undefined ? after.kind : `${before.kind} → ${after.kind}`;
  return [{ kind: 'form', what, change: before === undefined ? 'added' : 'changed' }];
}

/** One entry for each package and version; a change on some systems names these. */
function packagesOf(compared: readonly Compared[]): PackageContents[] {
  const groups = Map.groupBy(compared, ({ pair: { before, after } }) =>
    JSON.stringify([after.name, before?.version, after.version]),
  );
  return [...groups.values()].map((group): PackageContents => {
    const all = group.flatMap(({ pair }) => pair.systems);
    const found = new Map<string, { change: ContentChange; systems: string[] }>();
    for (const { pair, changes } of group)
      for (const change of changes) {
        const key = JSON.stringify(change);
        found.set(key, { change, systems: [...(found.get(key)?.systems ?? []), ...pair.systems] });
      }
    const changes = [...found.values()].map(({ change, systems }) =>
      systems.length === all.length ? change : { ...change, systems },
    );
    const [{ pair, size }] = group as [Compared];
    const { before, after } = pair;
    return {
      ...{ name: after.name, after: after.version ?? '' },
      ...(before === undefined ? {} : { before: before.version ?? '' }),
      changes: changes.slice(0, MOST_CHANGES),
      ...(changes.length > MOST_CHANGES ? { more: changes.length - MOST_CHANGES } : {}),
      ...(size === undefined ? {} : { size }),
    };
  });
}
