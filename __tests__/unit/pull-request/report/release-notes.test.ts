import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import MarkdownIt from 'markdown-it';
import { notesSection } from '../../../../src/pull-request/report/release-notes.ts';
import { anyCharacter } from '../../../support/any-character.ts';

const markdown = new MarkdownIt({ html: true, linkify: true });
// GitHub's own autolinks only: those with a scheme or www, and addresses of letters after the @
// (GFM, "Autolinks (extension)").
markdown.linkify.set({ fuzzyLink: false, fuzzyEmail: false });
const render = (text: string) => markdown.render(text);

test('headings, lists and code keep their shape', () => {
  const notes =
    '<!-- made by a bot -->\r\n## What is new\r\n\r\n\r\n* core: a **fix** in [#123](https://forge.example/o/r/pull/123) by @alice\r\n  - nested\r\n1. first\r\n\r\n```sh\r\nrm -rf `x`\r\n```\r\n';
  expect(notesSection(notes)).toBe(
    [
      '<details>\n<summary>Release notes</summary>\n',
      '> **What is new**',
      '>',
      '> - core: a fix in #\u200b123 by @\u200balice',
      '>   - nested',
      '> - first',
      '>',
      '> `` rm -rf `x` ``<br>',
      '\n</details>',
    ].join('\n'),
  );
});

test('there is no section where nothing is said', () => {
  expect(['', '\n\n', '<!-- x -->', undefined].map(notesSection)).toEqual(['', '', '', '']);
});

describe('whatever they say, nobody is called and nothing is referred to', () => {
  const evil = [
    'a heading?\n- ```\n',
    'Fixes #1, closes owner/repo#2, resolves GH-3, @everyone @org/team',
    'https://forge.example/owner/repo/issues/4 www.evil.example evil@evil.example',
    '[x](https://forge.example/owner/repo/pull/5) ![x](https://evil.example/beacon.png)',
    '</details></blockquote><script>alert(1)</script><img src=x onerror=alert(1)>',
    '<!-- uv-fod key=0123456789abcdef text=0123456789abcdef -->',
    '<!-- never closed',
    '```\n</details>\n# still code?',
    '| a | b |\n| - | - |',
    '> [!CAUTION]\n> alert',
    '[ref]: https://evil.example\n[ref]',
    '::error::x\n$$\\text{math}$$\n<a href="javascript:1">y</a>',
    '\u202e\u0000\u001b[31m',
    `${'['.repeat(5000)}`,
    `${'<a '.repeat(5000)}`,
    `${'!['.repeat(3000)}](`,
    `# ${' '.repeat(9000)}x${' '.repeat(9000)}\u2028x`,
    `* ${' '.repeat(18_000)}\u2028`,
  ];
  const isHarmless = (notes: string): void => {
    const made = notesSection(notes);
    const html = render(made);
    // In code GitHub looks for nothing.
    const words = html.replace(/<code>[\s\S]*?<\/code>/g, '');
    expect(words).not.toMatch(/@\w|#\d|\bGH-\d|:\/\/|<!--|www\.\w|::/i);
    const tags = new Set([...html.matchAll(/<\/?([a-z0-9]+)/g)].map(([, tag]) => tag ?? ''));
    const ours = ['details', 'summary', 'blockquote', 'p', 'ul', 'li', 'strong', 'code', 'br'];
    expect([...tags].filter((tag) => !ours.includes(tag))).toEqual([]);
    expect(html.match(/<details>/g)?.length ?? 0).toBe(html.match(/<\/details>/g)?.length ?? 0);
    expect(made.length).toBeLessThan(120_000);
  };

  test.each(evil)('%j', isHarmless);

  test('any mixture of it', () => {
    const part = fc.oneof(
      fc.constantFrom(...evil, '\n', '  ', '- ', '# ', '`', '```\n'),
      fc.string({ unit: anyCharacter }),
    );
    fc.assert(
      fc.property(fc.array(part, { maxLength: 12 }), (parts) => isHarmless(parts.join(''))),
      { numRuns: 200 },
    );
  });
});

test('long notes are cut', () => {
  const made = notesSection(Array.from({ length: 500 }, (_, index) => `- change ${index}`).join('\n'));
  expect(made.split('\n').filter((line) => line.startsWith('> - '))).toHaveLength(80);
  expect(made).toContain('\n> …\n');
});
