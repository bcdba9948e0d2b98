import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { sameApart, strangeApart, wheelsApart } from '../../../src/build-lock/apart.ts';
import type { Artifact } from '../../../src/uv/plan/index.ts';

const hex = 'ab'.repeat(32);
const sri = `sha256-${Buffer.from(hex, 'hex').toString('base64')}`;
const wheel = (more: Partial<Artifact> = {}): Artifact => ({
  ...{ name: 'big', version: '1.0', kind: 'wheel', filename: 'big-1.0-py3-none-any.whl' },
  ...{ hash: `sha256:${hex}`, size: 5_000_000, ...more },
});

describe('wheels that are installed apart', () => {
  test('are large and have no compiled code', () => {
    expect(wheelsApart([wheel()])).toEqual({ 'big-1.0-py3-none-any.whl': sri });
    const two = wheel({ filename: 'big-1.0-py2.py3-none-any.whl' });
    expect(Object.keys(wheelsApart([two]))).toEqual([two.filename]);
  });

  test.each([
    ['a small one', { size: 1_999_999 }],
    ['one whose size the lock does not say', { size: undefined }],
    [
      'one of a platform, whose libraries may look for those of others',
      { filename: 'big-1.0-cp314-cp314-manylinux_2_28_x86_64.whl' },
    ],
    ['one without a digest', { hash: undefined }],
    ['one of another digest', { hash: `sha512:${hex}${hex}` }],
    ['one of a digest that is none', { hash: 'sha256:abc' }],
    ['an sdist', { kind: 'sdist', filename: 'big-1.0.tar.gz' }],
    ['a folder', { kind: 'directory', filename: undefined }],
  ] as [string, Partial<Artifact>][])('not %s', (_, more) => {
    expect(wheelsApart([wheel(more)])).toEqual({});
  });

  test('what a lock has is compared with what its plan asks for, in whatever order', () => {
    const other = wheel({ filename: 'other-1.0-py3-none-any.whl' });
    expect(
      sameApart({ 'other-1.0-py3-none-any.whl': sri, 'big-1.0-py3-none-any.whl': sri }, [wheel(), other]),
    ).toBe(true);
    expect(sameApart({ 'big-1.0-py3-none-any.whl': sri }, [wheel(), other])).toBe(false);
    expect(sameApart(undefined, [])).toBe(true);
    expect(sameApart(undefined, [wheel()])).toBe(false);
  });

  test('an entry is strange where the plan has no such wheel, or other bytes', () => {
    expect(strangeApart(undefined, [])).toBeUndefined();
    expect(strangeApart(wheelsApart([wheel()]), [wheel()])).toBeUndefined();
    // Small ones are nothing strange: which are worth it may change.
    expect(strangeApart({ 'big-1.0-py3-none-any.whl': sri }, [wheel({ size: 1 })])).toBeUndefined();
    expect(
      strangeApart({ 'big-1.0-py3-none-any.whl': sri }, [wheel({ hash: `sha256:${'cd'.repeat(32)}` })]),
    ).toBe('big-1.0-py3-none-any.whl');
    expect(strangeApart({ 'gone-1.0-py3-none-any.whl': sri }, [wheel()])).toBe('gone-1.0-py3-none-any.whl');
    expect(
      strangeApart({ 'big-1.0.tar.gz': sri }, [wheel({ kind: 'sdist', filename: 'big-1.0.tar.gz' })]),
    ).toBe('big-1.0.tar.gz');
  });

  test('no text is taken for the digest of a wheel but its own', () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        fc.pre(text !== sri);
        expect(strangeApart({ 'big-1.0-py3-none-any.whl': text }, [wheel()])).toBe(
          'big-1.0-py3-none-any.whl',
        );
      }),
    );
  });
});
