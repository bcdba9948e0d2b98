import { describe, expect, test } from '@jest/globals';
import { parseWheelName } from '../../../../src/uv/lock/wheel-name.ts';
import { platformTags, tagRank } from '../../../../src/uv/plan/tags.ts';
import { parseTarget } from '../../../../src/uv/plan/target.ts';

const target = (system: string, libc?: string, python = '3.14') => parseTarget({ system, python, libc });

/** Sorts wheel tags from best to worst and leaves out what does not fit. */
function order(tags: readonly string[], system: string, libc?: string, python?: string): readonly string[] {
  const rank = tagRank(target(system, libc, python));
  return tags
    .map((tag) => {
      const name = parseWheelName(`a-1-${tag}.whl`);
      if (typeof name === 'string') throw new Error(name);
      return { tag, rank: rank(name) };
    })
    .filter((item) => item.rank !== undefined)
    .sort((left, right) => (right.rank ?? 0) - (left.rank ?? 0))
    .map((item) => item.tag);
}

describe("uv's order of tags", () => {
  test('Python and ABI count before the platform, any platform before none', () => {
    const best = [
      'cp314-cp314-manylinux_2_39_x86_64',
      'cp314-cp314-manylinux_2_17_x86_64',
      'cp314-cp314-manylinux2014_x86_64',
      'cp314-cp314-linux_x86_64',
      'cp314-abi3-manylinux_2_17_x86_64',
      'cp314-none-manylinux_2_17_x86_64',
      'cp313-abi3-manylinux_2_39_x86_64',
      'cp32-abi3-linux_x86_64',
      'py314-none-linux_x86_64',
      'py3-none-manylinux_2_17_x86_64',
      'py313-none-manylinux_2_17_x86_64',
      'py30-none-linux_x86_64',
      'cp314-none-any',
      'py314-none-any',
      'py3-none-any',
      'py313-none-any',
      'py30-none-any',
    ];
    expect(order([...best].reverse(), 'x86_64-linux')).toEqual(best);
  });

  test('what does not fit', () => {
    const foreign = [
      'cp313-cp313-manylinux_2_17_x86_64',
      'cp314-cp314t-manylinux_2_17_x86_64',
      'cp315-abi3-manylinux_2_17_x86_64',
      'cp31-abi3-linux_x86_64',
      'cp314-abi3t-linux_x86_64',
      'cp313-none-manylinux_2_17_x86_64',
      'cp313-none-any',
      'pp311-none-any',
      'py2-none-any',
      'cp314-cp314-manylinux_2_40_x86_64',
      'cp314-cp314-manylinux_2_17_aarch64',
      'cp314-cp314-musllinux_1_1_x86_64',
      'cp314-cp314-win_amd64',
      'cp314-cp314-any',
      'cp314-cp314-manylinux_2_17_x86_64-cpu',
    ];
    expect(order(foreign, 'x86_64-linux')).toEqual([]);
  });

  test('a wheel with several tags counts as its best', () => {
    expect(order(['py3-none-any', 'py2.py3-none-any.manylinux1_x86_64'], 'x86_64-linux')).toEqual([
      'py2.py3-none-any.manylinux1_x86_64',
      'py3-none-any',
    ]);
  });

  test('platforms of glibc, musl and macOS', () => {
    const x86 = platformTags(target('x86_64-linux', 'glibc:2.18'));
    expect(x86.slice(0, 4)).toEqual([
      'manylinux_2_18_x86_64',
      'manylinux_2_17_x86_64',
      'manylinux2014_x86_64',
      'manylinux_2_16_x86_64',
    ]);
    expect(x86.slice(-3)).toEqual(['manylinux_2_5_x86_64', 'manylinux1_x86_64', 'linux_x86_64']);
    expect(platformTags(target('aarch64-linux', 'glibc:2.18'))).toEqual([
      'manylinux_2_18_aarch64',
      'manylinux_2_17_aarch64',
      'manylinux2014_aarch64',
      'linux_aarch64',
    ]);
    expect(platformTags(target('x86_64-linux', 'musl:1.1'))).toEqual([
      'musllinux_1_1_x86_64',
      'musllinux_1_0_x86_64',
      'linux_x86_64',
    ]);
    expect(platformTags(target('aarch64-darwin', 'macos:12.0')).slice(0, 5)).toEqual([
      'macosx_12_0_arm64',
      'macosx_12_0_universal2',
      'macosx_11_0_arm64',
      'macosx_11_0_universal2',
      'macosx_10_16_universal2',
    ]);
    expect(platformTags(target('x86_64-darwin', 'macos:11.0')).slice(5, 8)).toEqual([
      'macosx_11_0_universal',
      'macosx_10_16_x86_64',
      'macosx_10_16_intel',
    ]);
  });
});

describe('targets', () => {
  test('defaults are declared, not read off the machine', () => {
    expect(target('x86_64-linux')).toEqual({
      system: 'x86_64-linux',
      python: '3.14.0',
      libc: { kind: 'glibc', major: 2, minor: 39 },
    });
    expect(target('aarch64-darwin').libc).toEqual({ kind: 'macos', major: 14, minor: 0 });
    expect(target('x86_64-linux', undefined, '3.13.07').python).toBe('3.13.7');
  });

  test.each([
    ['riscv64-linux', '3.14', undefined, 'target-system'],
    ['x86_64-linux', '3', undefined, 'target-python'],
    ['x86_64-linux', '2.7', undefined, 'target-python'],
    ['x86_64-linux', '3.15.0rc1', undefined, 'target-python'],
    ['x86_64-linux', '3.14', 'macos:14.0', 'target-libc'],
    ['x86_64-linux', '3.14', 'glibc:3.0', 'target-libc'],
    ['x86_64-linux', '3.14', 'glibc:2.9999', 'target-libc'],
    ['x86_64-linux', '3.14', 'bionic:1.0', 'target-libc'],
    ['x86_64-darwin', '3.14', 'glibc:2.39', 'target-libc'],
  ])('%s %s %s is refused', (system, python, libc, code) => {
    expect(() => parseTarget({ system, python, libc })).toThrow(expect.objectContaining({ code }));
  });
});
