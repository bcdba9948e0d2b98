import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import MarkdownIt from 'markdown-it';
import {
  code,
  count,
  fold,
  link,
  list,
  plain,
  subject,
  table,
  text,
} from '../../../../src/pull-request/report/markdown.ts';
import { anyCharacter } from '../../../support/any-character.ts';

const render = (markdown: string) => new MarkdownIt({ html: true, linkify: true }).render(markdown);

describe('text', () => {
  test.each([
    ['HTML', '<img src=x onerror=alert(1)>', /<img/],
    ['a comment that would be our marker', '<!-- uv-fod key=0 -->', /<!--/],
    ['a link', '[click](https://evil.example)', /<a /],
    ['a bare address', 'see https://evil.example/x or www.evil.example', /<a /],
    ['an image', '![x](https://evil.example/x.png)', /<img/],
    ['emphasis', '**bold** _it_ ~~gone~~', /<(strong|em|s)>/],
    ['code', '`x`', /<code>/],
    ['a heading', '# big', /<h1>/],
    ['a list', '- one', /<li>/],
    ['a numbered list', '1. one', /<li>/],
  ])('makes %s ordinary words', (_, evil, forbidden) => {
    expect(render(evil).match(forbidden) ?? evil.match(/<!--|www/)).not.toBeNull();
    expect(render(text(evil))).not.toMatch(forbidden);
  });

  test('notifies nobody and refers to nothing', () => {
    const made = text('@octocat owner/repo#12 #3 GH-7 ::set-output name=x::y');
    expect(made).not.toMatch(/@\w|#\d|GH-\d|::/i);
  });

  test('is one line without control, format and bidirectional characters', () => {
    expect(text('a\nb\r\nc\u{2028}d\u{0}e\u{202e}f\u{7f}g')).toBe('a b c d e f g');
  });

  test('cuts what is very long', () => {
    expect([...plain('x'.repeat(5000))]).toHaveLength(200);
    expect(plain('x'.repeat(5000))).toMatch(/…$/);
  });

  test('leaves ordinary names and versions readable', () => {
    expect(text('djangorestframework 3.17.1 → 3.2 s')).toBe('djangorestframework 3.17.1 → 3.2 s');
  });

  test('whatever the text, a table keeps its cells and no tag comes of it', () => {
    fc.assert(
      fc.property(fc.string({ unit: anyCharacter, maxLength: 60 }), fc.string({ maxLength: 60 }), (a, b) => {
        const html = render(table(['A', 'B'], [[text(a), code(b)]]));
        const tags = [...html.matchAll(/<\/?([a-z0-9]+)/g)].map((match) => match[1]);
        const allowed = new Set(['table', 'thead', 'tbody', 'tr', 'th', 'td', 'code']);
        return tags.every((tag) => allowed.has(tag ?? '')) && (html.match(/<td>/g) ?? []).length === 2;
      }),
      { numRuns: 500 },
    );
  });
});

test('a title calls nobody, refers to nothing and skips no checks', () => {
  const made = subject('1.0 @octocat fixes #1, GH-2\n\n[skip ci]\u202e');
  expect(made).not.toMatch(/@\w|#\d|GH-\d|\[skip|[\n\u202e]/);
  expect(subject('authentik-django: 2026.2.0 → 2026.2.1')).toBe('authentik-django: 2026.2.0 → 2026.2.1');
});

describe('code', () => {
  test.each([
    ['x|y', '`x\\|y`'],
    ['a`b', '``a`b``'],
    ['`a', '`` `a ``'],
    ['<b>', '`<b>`'],
    ['', ''],
  ])('of %j is %j', (given, made) => {
    expect(code(given)).toBe(made);
  });
});

describe('link', () => {
  test.each([
    'javascript:alert(1)',
    'data:text/html,x',
    'https://user:pw@host.example/',
    'not an address',
    `https://h.example/${'x'.repeat(3000)}`,
    'https://forge.example/owner/repo/issues/1',
    'https://forge.example/owner/repo/pull/1#issuecomment-1',
    'https://forge.example/owner/repo/commit/0123abc',
  ])('has none for %s', (url) => {
    expect(link('label', url)).toBe('label');
  });

  test('cannot be left through its address', () => {
    expect(link('label', 'https://h.example/a)b|c(d')).toBe('[label](https://h.example/a%29b%7Cc%28d)');
  });
});

describe('small helpers', () => {
  test('count and list', () => {
    expect([count(1, 'package'), count(2, 'package'), count(1234, 'file')]).toEqual([
      '1 package',
      '2 packages',
      '1,234 files',
    ]);
    expect([list([]), list(['a']), list(['a', 'b']), list(['a', 'b', 'c'])]).toEqual([
      '',
      'a',
      'a and b',
      'a, b and c',
    ]);
  });

  test('a fold holds Markdown', () => {
    expect(render(fold('Open', table(['A'], [['b']])))).toMatch(
      /<details>\s*<summary>Open<\/summary>\s*<table>[\s\S]*<\/table>\s*<\/details>/,
    );
  });
});
