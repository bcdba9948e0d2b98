// biome-ignore-all lint/suspicious/noTemplateCurlyInString: uv's own variables
import { describe, expect, test } from '@jest/globals';
import { indexAddresses, referenceOf, requirementsOf } from '../../../src/build-lock/requirement.ts';

describe('what a requirement refers to', () => {
  test.each([
    'setuptools',
    'setuptools >= 77, != 80.*',
    'a[b, c.d]~=1.0; python_version > "3" and "x@y:z" == "b"',
    'wheel (>=0.38)',
    'x===1.0+local.1',
    'x \n>= 1\t; a == "b"',
  ])('%s: nothing but the index', (text) => {
    expect(referenceOf(text)).toBeUndefined();
  });

  test.each([
    ['x @ https://h.example/x.whl', 'https://h.example/x.whl'],
    ['x[y]@https://h.example/x.whl ; a == "@"', 'https://h.example/x.whl'],
    ['x @ git+https://h.example/x@v1#subdirectory=a', 'https://h.example/x@v1#subdirectory=a'],
    ['x @ git+ssh://git@h.example/x', 'ssh://git@h.example/x'],
    ['x@../x.whl', '../x.whl'],
    ['x @ file:///etc/x.whl', 'file:///etc/x.whl'],
    ['x @ C:\\x.whl', 'C:\\x.whl'],
  ])('%s', (text, reference) => {
    expect(referenceOf(text)).toBe(reference);
  });

  test.each(['https://h.example/x.whl', './x', '', 'x @ https://${A}/', '@ x'])(
    '%j is given back whole, so that no policy approves it',
    (text) => {
      expect(referenceOf(text)).toBe(text);
    },
  );
});

// An expression whose parts can both match a blank takes minutes for 500 of them.
test('hostile text is read in linear time', () => {
  for (const one of [' ', 'a', 'a ', '@', '[', '(', '>=', ';', ' ;', '1,', '\n'])
    for (const end of ['', '((', '!', '[']) {
      const text = `a${one.repeat(100_000)}${end}`;
      expect([undefined, text]).toContain(one.includes('@') ? undefined : referenceOf(text));
    }
});

test('requirements are strings or tables, and anything else is text that no policy approves', () => {
  expect(requirementsOf(['a', { requirement: 'b @ https://h.example/b' }, { other: 1 }, 3])).toEqual([
    'a',
    'b @ https://h.example/b',
    '[object Object]',
    '3',
  ]);
  expect(requirementsOf(undefined)).toEqual([]);
});

test('every address of uv’s settings is found', () => {
  expect(
    indexAddresses({
      index: [{ url: 'https://a.example' }, { name: 'x' }, null],
      'index-url': 'https://b.example',
      'extra-index-url': ['https://c.example/${TOKEN}'],
      'find-links': ['./wheels'],
    }),
  ).toEqual([
    'https://a.example',
    'undefined',
    'undefined',
    'https://b.example',
    '${…} in https://c.example/${TOKEN}',
    './wheels',
  ]);
});
