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
    const ranks = pythons
      .flatMap((python) => abis.map((abi) => `${python}-${abi}`))
      .flatMap((tag) =>
        targets.flatMap((platform) => {
          if (platform === 'any') return pure.get(tag) ?? [];
          const [own, place] = [native.get(tag), platforms.get(platform)];
          // Platform wheels rank above pure ones; Python and ABI rank before the platform.
          return own && place ? pure.size + own * platforms.size + place : [];
        }),
      );
    return ranks.length === 0 ? undefined : Math.max(...ranks);
  };
  // Wheels of a lock share few sets of tags.
  const known = new Map<string, number | undefined>();
  return ({ tags, variant }) => {
    if (variant !== undefined) return undefined;
    if (!known.has(tags)) known.set(tags, rankOf(tags));
    return known.get(tags);
  };
}

/** Numbers from `newest` down to `oldest`, both included. */
const down = (newest: number, oldest: number): readonly number[] =>
  Array.from({ length: Math.max(0, newest - oldest + 1) }, (_, index) => newest - index);

/** Python and ABI tags of platform wheels, best first. */
const nativeTags = (minor: number): readonly string[] => [
  ...[`cp3${minor}-cp3${minor}`, `cp3${minor}-abi3`, `cp3${minor}-none`],
  ...down(minor - 1, 2).map((older) => `cp3${older}-abi3`),
  ...[`py3${minor}-none`, 'py3-none'],
  ...down(minor - 1, 0).map((older) => `py3${older}-none`),
];

/** Python and ABI tags of wheels for `any`, best first. */
const pureTags = (minor: number): readonly string[] => [
  ...[`cp3${minor}-none`, `py3${minor}-none`, 'py3-none'],
  ...down(minor - 1, 0).map((older) => `py3${older}-none`),
];

/** Platform tags, best first. */
export function platformTags({ libc: { kind, major, minor }, system }: Target): readonly string[] {
  const arch = system.startsWith('x86_64') ? 'x86_64' : 'aarch64';
  if (kind === 'macos') return macos(major, arch);
  const musl = () => down(minor, 0).map((level) => `musllinux_${major}_${level}_${arch}`);
  return [...(kind === 'musl' ? musl() : manylinux(minor, arch)), `linux_${arch}`];
}

/** Names before PEP 600, by the minor version of glibc. */
const legacy: Readonly<Record<number, string>> = {
  17: 'manylinux2014',
  12: 'manylinux2010',
  5: 'manylinux1',
};

/** From the newest glibc down, to 2.17 on aarch64. */
const manylinux = (newest: number, arch: string): readonly string[] =>
  down(newest, arch === 'x86_64' ? 5 : 17).flatMap((level) => {
    const older = legacy[level];
    return [`manylinux_2_${level}_${arch}`, ...(older === undefined ? [] : [`${older}_${arch}`])];
  });

/** On ARM, versions before 11 have universal wheels alone. */
function macos(newest: number, arch: string): readonly string[] {
  const intel = ['x86_64', 'intel', 'fat64', 'fat32', 'universal2', 'universal'];
  const [formats, older] = arch === 'x86_64' ? [intel, intel] : [['arm64', 'universal2'], ['universal2']];
  return [
    ...down(newest, 11).flatMap((major) => formats.map((format) => `macosx_${major}_0_${format}`)),
    ...down(16, 4).flatMap((minor) => older.map((format) => `macosx_10_${minor}_${format}`)),
  ];
}

function rankMap(tags: readonly string[]): ReadonlyMap<string, number> {
  return new Map(tags.map((tag, index) => [tag, tags.length - index]));
}
