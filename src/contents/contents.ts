import { buildBackend, pyprojectOfSdist } from '../build-lock/pyproject-of.ts';
import type { HashTools } from '../fetch/hash-tools.ts';
import { idOf, VerifiedFiles } from '../fetch/verified-files.ts';
import { clauseOf, UserError } from '../system/errors.ts';
import { inParallel, onceEach } from '../system/promises.ts';
import type { Artifact } from '../uv/plan/artifact.ts';
import { compareWheels } from './compare.ts';
import { type ComparedPlans, type Pair, pairsOf, unchangedOf } from './pairs.ts';
import type { ContentChange, Contents, NotCompared, PackageContents } from './types.ts';
import { installedFiles, readWheel } from './wheel.ts';

/** Maximum bytes to download, and to read from unchanged files that are at hand. */
const MOST = 500e6;
/** Maximum number of packages that are compared at the same time. */
const AT_ONCE = 4;
/** Maximum number of changes that are listed for one package. */
const MOST_CHANGES = 500;

/**
 * Compares the contents of packages whose installed files changed, by the directories of their
 * wheels; nothing is executed. A file is read only after its digest was verified. Files without a
 * digest, and files that can no longer be fetched, are listed as not compared.
 *
 * @param plans one for each system
 * @param project folder of the new lock
 * @param wanted 'all' also downloads unchanged wheels, to find files that they share with changed
 *   ones; 'at hand' reads only unchanged wheels that need no download
 */
export async function compareContents(
  plans: readonly ComparedPlans[],
  project: string,
  tools: HashTools,
  wanted: 'at hand' | 'all' = 'at hand',
): Promise<Contents> {
  const pairs = pairsOf(plans);
  if (pairs.length === 0) return { packages: [], notCompared: [] };
  return new ContentsReader(pairs, project, tools).run(unchangedOf(plans), wanted === 'all');
}

interface Compared {
  readonly pair: Pair;
  readonly changes: readonly ContentChange[];
  readonly size?: PackageContents['size'] | undefined;
}

class ContentsReader {
  readonly #pairs: readonly Pair[];
  readonly #project: string;
  readonly #tools: HashTools;
  readonly #notCompared: NotCompared[] = [];
  readonly #wheel = this.#oncePerFile((file) => readWheel(file));
  readonly #installed = this.#oncePerFile(async (file) => installedFiles(file), ['shared-file']);
  readonly #backend = this.#oncePerFile(async (file, { filename = '', subdirectory, name }) =>
    buildBackend(await pyprojectOfSdist(file, filename, subdirectory), name),
  );

  constructor(pairs: readonly Pair[], project: string, tools: HashTools) {
    this.#pairs = pairs;
    this.#project = project;
    this.#tools = tools;
  }

  async run(unchanged: readonly Artifact[], isAll: boolean): Promise<Contents> {
    const changed = this.#pairs.flatMap(({ before, after }) => (before ? [before, after] : [after]));
    // The limit is used for changed files first.
    const wanted = [...bySize(changed), ...(isAll ? bySize(unchanged) : [])];
    const tooMany = beyondLimit(wanted.filter((one) => one.hash !== undefined && !this.#isAtHand(one)));
    const owners = await this.#owners(unchanged, tooMany, isAll);
    const compared = await inParallel(this.#pairs, AT_ONCE, async (pair): Promise<Compared> => {
      const form = formChange(pair);
      const { changes, size } = (await this.#compare(pair, owners, tooMany)) ?? { changes: [] };
      return { pair, changes: [...form, ...changes], size };
    });
    return { packages: packagesOf(compared), notCompared: this.#notCompared };
  }

  #isAtHand({ hash, path }: Artifact): boolean {
    return path !== undefined || this.#tools.cache.take(hash) !== undefined;
  }

  /** The owners of installed files: changed packages, and unchanged ones whose wheel is read. */
  async #owners(
    unchanged: readonly Artifact[],
    tooMany: ReadonlySet<string>,
    isAll: boolean,
  ): Promise<Owners> {
    const owners: Owners = new Map();
    const add = (name: string, installed: ReadonlyMap<string, number> = new Map()): void => {
      for (const [file, crc] of installed) owners.set(file, [...(owners.get(file) ?? []), { name, crc }]);
    };
    const isRead = (one: Artifact): boolean => one.hash !== undefined && !tooMany.has(idOf(one));
    const now = this.#pairs.map(({ after }) => after).filter((one) => one.kind === 'wheel' && isRead(one));
    await inParallel(now, AT_ONCE, (one) => this.#wheel(one));
    for (const one of now) add(one.name, (await this.#wheel(one))?.installed);
    const cached = unchanged.filter((one) => this.#isAtHand(one));
    const unread = isAll ? new Set() : beyondLimit(cached.map((one) => ({ ...one, size: one.size ?? 0 })));
    const others = (isAll ? unchanged : cached).filter((one) => isRead(one) && !unread.has(idOf(one)));
    await inParallel(others, AT_ONCE, (one) => this.#installed(one));
    for (const one of others) add(one.name, await this.#installed(one));
    const missing = unchanged.filter((one) => !others.includes(one));
    if (isAll) for (const one of missing) this.#note(one, one.hash ? TOO_LARGE : NO_DIGEST, ['shared-file']);
    else if (missing.length > 0)
      this.#notCompared.push({
        name: `${missing.length} unchanged packages`,
        why: `their wheels are not at hand, so files that they share with changed ones are not known; with 'shared-file = "fail"' in [policy] they are downloaded`,
        kinds: ['shared-file'],
      });
    return owners;
  }

  /** @returns undefined if a file can't be read, which is noted */
  async #compare(
    { before, after }: Pair,
    owners: Owners,
    tooMany: ReadonlySet<string>,
  ): Promise<Omit<Compared, 'pair'> | undefined> {
    const isBeyond = [before, after].some((one) => one && tooMany.has(idOf(one)));
    const why = whyNot(after) ?? (before && whyNot(before)) ?? (isBeyond ? TOO_LARGE : undefined);
    if (why !== undefined) return this.#note(after, why);
    const isSame = before?.kind === after.kind;
    if (after.kind === 'sdist') {
      const now = await this.#backend(after);
      const old = isSame && now ? await this.#backend(before) : undefined;
      return { changes: isSame && !old ? [] : backendChange(old, now) };
    }
    const now = await this.#wheel(after);
    const old = isSame && now ? await this.#wheel(before) : undefined;
    if (now === undefined || (isSame && old === undefined)) return undefined;
    const shared = (file: string, crc: number): string[] =>
      old?.installed.has(file)
        ? []
        : (owners.get(file) ?? [])
            .filter((one) => one.name !== after.name && one.crc !== crc)
            .map(({ name }) => name);
    const size = { after: now.size, ...(old ? { before: old.size } : {}) };
    return { changes: compareWheels(old, now, shared), size };
  }

  #note({ name, version }: Artifact, why: string, kinds?: NotCompared['kinds']): undefined {
    const more = { ...(version === undefined ? {} : { version }), ...(kinds ? { kinds } : {}) };
    if (why !== '') this.#notCompared.push({ name, why, ...more });
  }

  /**
   * Reads a verified file once, even if several systems compare it. A file that can't be fetched or
   * read is noted, and the comparison continues.
   * @param kinds the kinds of changes that are unknown then; not set: all
   */
  #oncePerFile<T>(
    read: (file: string, one: Artifact) => Promise<T>,
    kinds?: NotCompared['kinds'],
  ): (one: Artifact) => Promise<T | undefined> {
    return onceEach(async (one: Artifact): Promise<T | undefined> => {
      const files = new VerifiedFiles(this.#project, this.#tools);
      try {
        await files.findAll(new Map([[idOf(one), one]]));
        return await read(files.found.get(idOf(one)) ?? '', one);
      } catch (error) {
        if (!(error instanceof UserError)) throw error;
        return this.#note(one, clauseOf(error), kinds);
      } finally {
        await files.removeTemporary();
      }
    }, idOf);
  }
}

const TOO_LARGE = `the files to download have more than ${MOST / 1e6} MB in all`;
const NO_DIGEST = 'uv.lock has no digest of its file';

const bySize = (files: readonly Artifact[]): Artifact[] =>
  files.toSorted((a, b) => (a.size ?? MOST) - (b.size ?? MOST));

/** Files beyond the limit, by `idOf`. */
function beyondLimit(files: readonly Artifact[]): ReadonlySet<string> {
  const beyond = new Set<string>();
  let sum = 0;
  for (const [id, { size = MOST }] of new Map(files.map((one) => [idOf(one), one]))) {
    sum += size;
    if (sum > MOST) beyond.add(id);
  }
  return beyond;
}

type Owners = Map<string, readonly { readonly name: string; readonly crc: number }[]>;

/** Why an artifact can't be read; empty for a folder, whose changes the git history shows. */
function whyNot({ kind, hash, path }: Artifact): string | undefined {
  if (kind === 'directory') return '';
  if (kind === 'git') return 'it comes from a git repository';
  if (path !== undefined) return '';
  return hash === undefined ? NO_DIGEST : undefined;
}

/** How the backend that builds an sdist changed. */
function backendChange(old: string | undefined, now: string | undefined): ContentChange[] {
  if (now === undefined || now === old) return [];
  const found = { kind: 'build-backend', what: now } as const;
  return [
    old === undefined ? { ...found, change: 'added' } : { ...found, change: 'changed', detail: `was ${old}` },
  ];
}

function formChange({ before, after }: Pair): ContentChange[] {
  const isSame = before === undefined ? after.kind === 'wheel' : before.kind === after.kind;
  if (isSame || after.kind === 'directory') return [];
  const what = before === undefined ? after.kind : `${before.kind} → ${after.kind}`;
  return [{ kind: 'form', what, change: before === undefined ? 'added' : 'changed' }];
}

/** One entry for each package and version; a change on only some systems names them. */
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
