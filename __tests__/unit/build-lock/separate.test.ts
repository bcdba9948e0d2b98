import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { separateWheels, unexpectedSeparate } from '../../../src/build-lock/separate.ts';
import type { Artifact } from '../../../src/uv/plan/artifact.ts';

const hex = 'ab'.repeat(32);
const sri = `sha256-${Buffer.from(hex, 'hex').toString('base64')}`;
const wheel = (more: Partial<Artifact> = {}): Artifact => ({
  ...{ name: 'big', version: '1.0', kind: 'wheel', filename: 'big-1.0-py3-none-any.whl' },
  ...{ hash: `sha256:${hex}`, size: 5_000_000, ...more },
});

describe('wheels that are installed separately', () => {
  test('are large, and larger where they have compiled code', () => {
    expect(separateWheels([wheel()])).toEqual({ 'big-1.0-py3-none-any.whl': sri });
    const two = wheel({ filename: 'big-1.0-py2.py3-none-any.whl' });
    expect(Object.keys(separateWheels([two]))).toEqual([two.filename]);
    const compiled = wheel({ filename: 'big-1.0-cp314-cp314-manylinux_2_28_x86_64.whl', size: 10_000_000 });
    expect(Object.keys(separateWheels([compiled]))).toEqual([compiled.filename]);
  });

  test.each([
    ['a small one', { size: 1_999_999 }],
    ['one without a size in the lock', { size: undefined }],
    ['a smaller one with compiled code', { filename: 'big-1.0-cp314-cp314-manylinux_2_28_x86_64.whl' }],
    ['one without a digest', { hash: undefined }],
    ['one of another digest', { hash: `sha512:${hex}${hex}` }],
    ['one with an invalid digest', { hash: 'sha256:abc' }],
    ['an sdist', { kind: 'sdist', filename: 'big-1.0.tar.gz' }],
    ['a folder', { kind: 'directory', filename: undefined }],
  ] as [string, Partial<Artifact>][])('not %s', (_, more) => {
    expect(separateWheels([wheel(more)])).toEqual({});
  });

  test('an entry is unexpected if the plan has no such wheel, or another hash', () => {
    expect(unexpectedSeparate(undefined, [])).toBeUndefined();
    expect(unexpectedSeparate(separateWheels([wheel()]), [wheel()])).toBeUndefined();
    // The minimum size may change.
    expect(unexpectedSeparate({ 'big-1.0-py3-none-any.whl': sri }, [wheel({ size: 1 })])).toBeUndefined();
    expect(
      unexpectedSeparate({ 'big-1.0-py3-none-any.whl': sri }, [wheel({ hash: `sha256:${'cd'.repeat(32)}` })]),
    ).toBe('big-1.0-py3-none-any.whl');
    expect(unexpectedSeparate({ 'gone-1.0-py3-none-any.whl': sri }, [wheel()])).toBe(
      'gone-1.0-py3-none-any.whl',
    );
    expect(
      unexpectedSeparate({ 'big-1.0.tar.gz': sri }, [wheel({ kind: 'sdist', filename: 'big-1.0.tar.gz' })]),
    ).toBe('big-1.0.tar.gz');
  });

  test('no other text matches the digest of a wheel', () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        fc.pre(text !== sri);
        expect(unexpectedSeparate({ 'big-1.0-py3-none-any.whl': text }, [wheel()])).toBe(
          'big-1.0-py3-none-any.whl',
        );
      }),
    );
  });
});
