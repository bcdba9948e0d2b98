import type { WheelName } from '../lock/wheel-name.ts';
import type { Target } from './target.ts';

/** The rank of a wheel for a target: higher is better, undefined is incompatible. */
export type TagRank = (wheel: WheelName) => number | undefined;

/**
 * The tag order of CPython with the GIL (uv, crates/uv-platform-tags/src/tags.rs, Tags::from_env;
 * the same as `packaging.tags`). A wheel has the rank of its best tag.
 */
export function tagRank(target: Target): TagRank {
  const minor = Number(target.python.split('.')[1]);
  const native = rankMap(nativeTags(minor));
  const pure = rankMap(pureTags(minor));
  const platforms = rankMap(platformTags(target));
  const rankOf = (tags: string): number | undefined => {
    const [pythons = [], abis = [], targets = []] = tags.split('-').map((part) => part.split('.'));
    let best: number | undefined;
    const offer = (rank: number): void => {
      if (best === undefined || rank > best) best = rank;
    };
    for (const tag of pythons.flatMap((python) => abis.map((abi) => `${python}-${abi}`))) {
      const nativeRank = native.get(tag);
      const pureRank = pure.get(tag);
      for (const platform of targets) {
        const platformRank = platforms.get(platform);
        // Platform wheels rank above pure ones; Python and ABI rank before the platform.
        if (nativeRank !== undefined && platformRank !== undefined)
          offer(pure.size + nativeRank * platforms.size + platformRank);
        if (pureRank !== undefined && platform === 'any') offer(pureRank);
      }
    }
    return best;
  };
  // Wheels of a lock share few sets of tags.
  const known = new Map<string, number | undefined>();
  return ({ tags, variant }) => {
    if (variant !== undefined) return undefined;
    if (!known.has(tags)) known.set(tags, rankOf(tags));
    return known.get(tags);
  };
}

/** Python and ABI tags of platform wheels, best first. */
function nativeTags(minor: number): readonly string[] {
  const tags = [`cp3${minor}-cp3${minor}`, `cp3${minor}-abi3`, `cp3${minor}-none`];
  for (let older = minor - 1; older >= 2; older -= 1) tags.push(`cp3${older}-abi3`);
  tags.push(`py3${minor}-none`, 'py3-none');
  for (let older = minor - 1; older >= 0; older -= 1) tags.push(`py3${older}-none`);
  return tags;
}

/** Python and ABI tags of wheels for `any`, best first. */
function pureTags(minor: number): readonly string[] {
  const tags = [`cp3${minor}-none`, `py3${minor}-none`, 'py3-none'];
  for (let older = minor - 1; older >= 0; older -= 1) tags.push(`py3${older}-none`);
  return tags;
}

/** Platform tags, best first. */
export function platformTags(target: Target): readonly string[] {
  const { kind, major, minor } = target.libc;
  const arch = target.system.startsWith('x86_64') ? 'x86_64' : 'aarch64';
  if (kind === 'macos') return arch === 'x86_64' ? macosIntel(major) : macosArm(major);
  const tags: string[] = [];
  if (kind === 'musl')
    for (let level = minor; level >= 0; level -= 1) tags.push(`musllinux_${major}_${level}_${arch}`);
  else tags.push(...manylinux(minor, arch));
  return [...tags, `linux_${arch}`];
}

/** From the newest glibc down, to 2.17 on aarch64, with the legacy names of PEP 600. */
function manylinux(newest: number, arch: string): readonly string[] {
  const legacy = new Map([
    [17, 'manylinux2014'],
    [12, 'manylinux2010'],
    [5, 'manylinux1'],
  ]);
  const tags: string[] = [];
  for (let level = newest; level >= (arch === 'x86_64' ? 5 : 17); level -= 1) {
    tags.push(`manylinux_2_${level}_${arch}`);
    const older = legacy.get(level);
    if (older !== undefined) tags.push(`${older}_${arch}`);
  }
  return tags;
}

function macosIntel(newest: number): readonly string[] {
  const formats = ['x86_64', 'intel', 'fat64', 'fat32', 'universal2', 'universal'];
  const tags: string[] = [];
  for (let major = newest; major >= 11; major -= 1)
    tags.push(...formats.map((format) => `macosx_${major}_0_${format}`));
  for (let minor = 16; minor >= 4; minor -= 1)
    tags.push(...formats.map((format) => `macosx_10_${minor}_${format}`));
  return tags;
}

function macosArm(newest: number): readonly string[] {
  const tags: string[] = [];
  for (let major = newest; major >= 11; major -= 1)
    tags.push(`macosx_${major}_0_arm64`, `macosx_${major}_0_universal2`);
  for (let minor = 16; minor >= 4; minor -= 1) tags.push(`macosx_10_${minor}_universal2`);
  return tags;
}

function rankMap(tags: readonly string[]): ReadonlyMap<string, number> {
  return new Map(tags.map((tag, index) => [tag, tags.length - index]));
}
