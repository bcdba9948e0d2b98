import { describe, expect, test } from '@jest/globals';
import MarkdownIt from 'markdown-it';
import { body, bodyKey, summary } from '../../../../src/pull-request/report/report.ts';
import { size } from '../../../../src/pull-request/report/sections.ts';
import type { Report, ReportedPackage } from '../../../../src/pull-request/report/types.ts';
import type { Reason } from '../../../../src/pull-request/types.ts';

const REPORT: Report = {
  version: 1,
  subject: {
    name: 'authentik',
    before: '2026.2.0',
    after: '2026.5.6',
    links: [{ text: 'Release notes', url: 'https://notes.example/2026.5.6' }],
  },
  why: ['uv.lock changed'],
  hashes: [
    { system: 'x86_64-linux', before: 'sha256-aaa=', after: 'sha256-bbb=', how: 'both' },
    { system: 'aarch64-linux', after: 'sha256-ccc=', how: 'native' },
  ],
  packages: [
    { name: 'asgiref', before: '3.9.0', after: '3.10.0', direct: false },
    {
      name: 'djangorestframework',
      before: '3.16.1',
      after: '3.17.1',
      direct: true,
      url: 'https://index.example/drf',
    },
    {
      name: 'newcomer',
      after: '1.0',
      direct: false,
      kinds: [{ system: 'x86_64-linux', after: 'sdist' }],
      yanked: 'broken',
      vulnerabilities: [
        {
          id: 'CVE-2026-1',
          url: 'https://index.example/CVE-2026-1',
          summary: 'reads what it should not',
          fixedIn: ['1.0.1'],
        },
      ],
    },
    { name: 'leaver', before: '2.0', direct: false },
  ],
  download: { before: 112_000_000, after: 113_400_000 },
  checks: [
    { name: 'import authentik', result: 'ok', detail: 'from an empty directory' },
    { name: 'built twice', result: 'not checked' },
    { name: 'uv pip check', result: 'failed', detail: 'two conflicts' },
  ],
  timings: [
    { stage: 'plan', milliseconds: 120 },
    { stage: 'build: venv', milliseconds: 61_000 },
  ],
  notDone: [{ what: 'a build for aarch64-linux', why: 'there is no builder for it' }],
};

describe('the body', () => {
  test('says first what changed, then what speaks against it, then why, packages, hashes, checks', () => {
    const lines = body(REPORT).split('\n');
    expect(lines[0]).toBe(
      '**authentik** `2026.2.0` → `2026.5.6`: 2 packages changed, 1 added and 1 removed; new hashes for `x86_64-linux` and `aarch64-linux`. [Release notes](https://notes.example/2026.5.6)',
    );
    expect(lines[2]).toMatch(/^(?:✅|❌|⚪) /);
    expect(lines[4]).toMatch(/^\*\*To do:\*\* .*the warnings/);
    expect(lines.slice(6, 9)).toEqual([
      '> [!WARNING]',
      '> - **newcomer** `1.0` was yanked from its index: broken',
      '> - **newcomer** `1.0` has a known vulnerability, [`CVE-2026-1`](https://index.example/CVE-2026-1) (fixed in `1.0.1`): reads what it should not',
    ]);
    expect(lines[10]).toBe('Why: uv.lock changed');
    const headings = lines.filter((line) => line.startsWith('#'));
    expect(headings).toEqual(['### Packages', '### Hashes', '### Verified']);
  });

  test('names old and new hash by system and how each was obtained', () => {
    expect(body(REPORT)).toContain(
      [
        '```diff',
        '@@ x86_64-linux by Nix and without it: same @@',
        '- sha256-aaa=',
        '+ sha256-bbb=',
        '@@ aarch64-linux without Nix @@',
        '+ sha256-ccc=',
        '```',
      ].join('\n'),
    );
  });

  test('lists what is yanked or vulnerable first, then direct packages, and says what was added, removed, withdrawn or is built from source', () => {
    const rows = body(REPORT)
      .split('\n')
      .filter((line) => /^\| .*(djangorest|asgiref|newcomer|leaver)/.test(line));
    expect(rows).toEqual([
      '| newcomer | added | `1.0` ⚠️ | sdist on `x86_64-linux` |',
      '| [**djangorestframework**](https://index.example/drf) | `3.16.1` | `3.17.1` |  |',
      '| asgiref | `3.9.0` | `3.10.0` |  |',
      '| leaver | `2.0` | removed |  |',
    ]);
  });

  test('folds a table of more than 15 packages, and not one of 15', () => {
    const packages = (length: number): ReportedPackage[] =>
      Array.from({ length }, (_, index) => ({ name: `p${index}`, before: '1', after: '2', direct: false }));
    const folds = (length: number) =>
      body({ ...REPORT, timings: [], packages: packages(length) }).includes('<summary>16 packages');
    expect([folds(15), folds(16)]).toEqual([false, true]);
  });

  test('puts what failed and what was not checked before what is well', () => {
    const marks = body(REPORT)
      .split('\n')
      .filter((line) => /^- (✅|❌|⚪)/.test(line))
      .map((line) => line.slice(2, 4).trim());
    expect(marks.map((mark) => mark.codePointAt(0))).toEqual(
      ['❌', '⚪', '✅'].map((mark) => mark.codePointAt(0)),
    );
    expect(body(REPORT)).toContain('built twice (not checked)');
  });

  test('leaves out what there is nothing to say about', () => {
    const bare: Report = {
      version: 1,
      subject: { name: 'x' },
      why: [],
      hashes: [],
      packages: [],
      checks: [],
      timings: [],
      notDone: [],
    };
    expect(body(bare)).toBe('**x**: unchanged.\n');
  });

  test('a stranger’s words change neither the structure nor make HTML', () => {
    const evil = '</details>\n\n# Owned | <script>alert(1)</script> @everyone [x](javascript:1) ```';
    const made = body({
      ...REPORT,
      subject: { name: evil, before: evil, after: evil, links: [{ text: evil, url: evil }] },
      why: [evil, evil],
      packages: [
        {
          ...{
            name: evil,
            before: evil,
            after: evil,
            direct: true,
            url: 'javascript:alert(1)',
            yanked: evil,
          },
          vulnerabilities: [{ id: evil, url: evil, summary: evil, fixedIn: [evil] }],
          kinds: [{ system: evil, after: 'sdist' }],
        },
      ],
      hashes: [{ system: evil, before: evil, after: `${evil}\n\`\`\`\n# x`, how: 'nix' }],
      notAsked: [evil],
      checks: [{ name: evil, result: 'ok', detail: evil }],
      notDone: [{ what: evil, why: evil }],
      timings: [{ stage: evil, milliseconds: 1 }],
    });
    const html = new MarkdownIt({ html: true, linkify: true }).render(made);
    const outsideOfCode = html.replace(/<code[^>]*>[\s\S]*?<\/code>/g, '');
    expect(outsideOfCode).not.toMatch(/<script|<h1|javascript:1"|@everyone/);
    expect(html.match(/<details>/g)).toHaveLength(1);
    expect(html.match(/<\/details>/g)).toHaveLength(1);
  });

  test('times are not in it, and its key stays the same where only unanswered requests differ', () => {
    const slower = { ...REPORT, timings: [{ stage: 'plan', milliseconds: 999 }] };
    expect(body(slower)).toBe(body(REPORT));
    // An index that keeps silent is no reason to edit a pull request.
    expect(bodyKey({ ...REPORT, notAsked: ['the index was not asked'] })).toBe(bodyKey(REPORT));
    expect(bodyKey({ ...REPORT, why: ['another option'] })).not.toBe(bodyKey(REPORT));
  });
});

describe('the summary', () => {
  test('says what came of it and where', () => {
    const made = summary(REPORT, {
      outcome: 'created',
      number: 7,
      url: 'https://forge.example/acme/nix/pull/7',
    });
    expect(made).toMatch(
      /^## authentik\n\nPull request: `created` \[#7\]\(https:\/\/forge\.example\/acme\/nix\/pull\/7\)\n\n/,
    );
    expect(made).toContain('### Hashes');
  });

  test('gives the reason where nothing was done', () => {
    const none = (reason: Reason) => summary(REPORT, { outcome: 'none', reason });
    expect(none('unchanged')).toMatch(/^Pull request: `none` \(.* are up to date\)$/m);
    expect(none('base-is-current')).toMatch(/^Pull request: `none` \(the hash .* current\)$/m);
  });

  test('tells what came of auto-merge, whoever it names as text', () => {
    const autoMerge = 'Auto-merge of #7 was disabled by <b>@ada</b>, so it is not enabled again.';
    const lines = summary(REPORT, { outcome: 'none', reason: 'unchanged', autoMerge }).split('\n');
    expect(lines[4]).toMatch(/^Auto-merge of #\u200b7 was disabled/);
    expect(lines[4]).not.toMatch(/<b>|@ada/);
  });
});

describe('sizes', () => {
  test.each([
    [1000, '1.0 kB'],
    [112_345_678, '112.3 MB'],
  ])('%d bytes are %s', (bytes, words) => {
    expect(size(bytes)).toBe(words);
  });
});
