import { describe, expect, test } from '@jest/globals';
import { parseWheelName, type WheelName } from '../../../../src/uv/lock/wheel-name.ts';

const parse = (name: string): WheelName => {
  const result = parseWheelName(name);
  if (typeof result === 'string') throw new Error(result);
  return result;
};

describe('wheel file names', () => {
  test('every part', () => {
    const name = parse('Foo_Bar-1.0+cu128-2b-py2.py3-none-any.manylinux1_x86_64.whl');
    expect(name.version.key).toBe('0!1+cu128');
    expect(name.build).toMatch(/^0+2b$/);
    expect(name.tags).toBe('py2.py3-none-any.manylinux1_x86_64');
  });

  test('a sixth part is a variant unless it is a build tag', () => {
    expect(parse('a-1-py3-none-any-cpu.whl').variant).toBe('cpu');
    expect(parse('a-1-3-py3-none-any-cpu.whl')).toMatchObject({
      variant: 'cpu',
      build: '00000000000000000003',
    });
    expect(parse('a-1-3-py3-none-any.whl').variant).toBeUndefined();
  });

  test.each([
    'a-1-py3-none-any.zip',
    'a-1-py3-none.whl',
    'a-x-py3-none-any.whl',
    'a-1-py3-none-a b.whl',
    'a-1-3py-none-any.whl',
    '-1-py3-none-any.whl',
    'a-1-1-2-3-py3-none-any.whl',
    'a-1-py3.-none-any.whl',
  ])('%s is none', (name) => expect(typeof parseWheelName(name)).toBe('string'));

  test('build tags: none, then by number, then by text', () => {
    const build = (text: string) => parse(`a-1-${text}py3-none-any.whl`).build;
    const sorted = ['', '1-', '2-', '10-', '10a-', '10b-'].map(build);
    for (const [index, lower] of sorted.entries())
      for (const higher of sorted.slice(index + 1)) expect(higher > lower).toBe(true);
    expect(build('2-')).toBe(build('02-'));
    expect(typeof parseWheelName(`a-1-${'9'.repeat(21)}-py3-none-any.whl`)).toBe('string');
  });
});
