import { describe, expect, test } from '@jest/globals';
import type { FetchText } from '../../../src/fetch/text.ts';
import { adviceKey, askIndexes } from '../../../src/release/advice.ts';

const index = 'https://index.example/root/simple';
const release = (name: string, from = index) => ({ name, version: '1.0', index: from });
const json = (value: unknown, contentType = 'application/json') => ({
  ...{ status: 200, contentType },
  text: typeof value === 'string' ? value : JSON.stringify(value),
});
const missing = { status: 404, contentType: 'text/html', text: '' };

/** An index that answers by address, and remembers what it was asked. */
function makeIndex(answers: Readonly<Record<string, Awaited<ReturnType<FetchText>>>>) {
  const asked: string[] = [];
  const fetchText: FetchText = async (url) => {
    asked.push(url);
    return answers[url] ?? missing;
  };
  return { asked, fetchText };
}

const api = (name: string) => `https://index.example/root/pypi/${name}/1.0/json`;

describe('an index with a JSON API', () => {
  test('has what was yanked, what is vulnerable, and its page, in one answer', async () => {
    const { asked, fetchText } = makeIndex({
      [api('evil')]: json({
        info: {
          yanked: true,
          yanked_reason: 'broken',
          release_url: 'https://index.example/project/evil/1.0/',
          project_urls: { Homepage: 'https://evil.example/', 'Source Code': 'https://github.com/o/evil.git' },
        },
        urls: [
          { filename: 'evil-1.0.tar.gz', upload_time_iso_8601: '2026-01-02T03:04:05.6Z', yanked: true },
          { filename: 'evil-1.0-py3-none-any.whl', upload_time_iso_8601: 'never', yanked: false },
          'not a file',
        ],
        vulnerabilities: [
          {
            ...{
              id: 'PYSEC-2026-1',
              aliases: ['GHSA-x', 'CVE-2026-1'],
              summary: 'bad',
              fixed_in: ['1.1', 7],
            },
            link: 'https://db.example/1',
          },
          { id: 'PYSEC-2026-2', withdrawn: '2026-01-01' },
          { aliases: 'not a list' },
          null,
        ],
      }),
    });
    const { advice, notAsked } = await askIndexes([release('evil')], fetchText);
    expect(advice.get(adviceKey(release('evil')))).toEqual({
      yanked: 'broken',
      page: 'https://index.example/project/evil/1.0/',
      changes: 'https://github.com/o/evil/releases',
      files: new Map([
        ['evil-1.0.tar.gz', { uploaded: Date.UTC(2026, 0, 2, 3, 4, 5, 600), yanked: '' }],
        ['evil-1.0-py3-none-any.whl', {}],
      ]),
      vulnerabilities: [{ id: 'CVE-2026-1', url: 'https://db.example/1', summary: 'bad', fixedIn: ['1.1'] }],
    });
    expect([asked, notAsked]).toEqual([[api('evil')], []]);
  });

  test('sends nobody to another host', async () => {
    const { fetchText } = makeIndex({
      [api('a')]: json({ info: { release_url: 'https://elsewhere.example/a' } }),
    });
    const { advice } = await askIndexes([release('a')], fetchText);
    expect(advice.get('a 1.0')).toEqual({ vulnerabilities: [], files: new Map() });
  });
});

test.each([
  [
    { Changelog: 'https://github.com/o/a/blob/main/CHANGES.md' },
    'https://github.com/o/a/blob/main/CHANGES.md',
  ],
  [{ Repository: 'https://gitlab.com/o/a' }, 'https://gitlab.com/o/a/-/releases'],
  [{ Source: 'https://gitlab.com/o/group/a/-/tree/main' }, 'https://gitlab.com/o/group/a/-/releases'],
  [{ Code: 'https://codeberg.org/o/a/src/branch/main' }, 'https://codeberg.org/o/a/releases'],
  [{ Homepage: 'https://github.com/o/a/' }, 'https://github.com/o/a/releases'],
  [{ Changelog: 'https://evil.example/', Source: 'http://github.com/o/a' }, undefined],
  [{ Source: 'https://me:secret@github.com/o/a' }, undefined],
  [{ Source: 'https://github.com/o' }, undefined],
  [{ Source: 7 }, undefined],
])('the page of the changes, by %j', async (project_urls, changes) => {
  const { fetchText } = makeIndex({ [api('a')]: json({ info: { project_urls } }) });
  const { advice } = await askIndexes([release('a')], fetchText);
  expect(advice.get('a 1.0')?.changes).toBe(changes);
});

describe('an index without one', () => {
  const simple = 'application/vnd.pypi.simple.v1+json';
  const page = (files: readonly object[]) =>
    json({ files: files.map((file) => ({ url: '/files/a', ...file })) }, simple);

  test('has what is yanked by the Simple API: a release of which every file is', async () => {
    const files = (first: unknown, second: unknown) => [
      { filename: 'a-1.0-py3-none-any.whl', yanked: first },
      { filename: 'a-1.0.tar.gz', yanked: second },
      { filename: 'a-2.0.tar.gz', yanked: 'another release' },
    ];
    for (const [first, second, yanked] of [
      [true, true, ''],
      ['why', true, 'why'],
      ['why', false, undefined],
      ['', '', undefined],
      [undefined, undefined, undefined],
    ]) {
      const { fetchText } = makeIndex({ [`${index}/a/`]: page(files(first, second)) });
      const { advice } = await askIndexes([release('a')], fetchText);
      expect(advice.get('a 1.0')?.yanked).toBe(yanked);
    }
  });

  test('is not asked for its JSON API again and again', async () => {
    const names = Array.from({ length: 40 }, (_, number) => `p${number}`);
    const { asked, fetchText } = makeIndex(
      Object.fromEntries(names.map((name) => [`${index}/${name}/`, page([])])),
    );
    await askIndexes(
      names.map((name) => release(name)),
      fetchText,
    );
    expect(asked.filter((url) => url.endsWith('/json')).length).toBeLessThanOrEqual(8);
    expect(asked.filter((url) => url.startsWith(`${index}/`))).toHaveLength(40);
  });
});

describe('what is not answered is said, and stops nothing', () => {
  test.each([
    ['refuses', async () => missing],
    ['sends something else', async () => json('<html>', 'text/html')],
    ['sends no object', async () => json('null')],
    [
      'can not be reached',
      async () => {
        throw new Error('it hangs up.\nmore');
      },
    ],
  ] satisfies [string, FetchText][])('an index that %s', async (_, fetchText) => {
    const { advice, notAsked } = await askIndexes([release('a'), release('b')], fetchText);
    expect(advice.size).toBe(0);
    expect(notAsked).toEqual([expect.stringMatching(/^the index at index\.example \([^\n]+[^.\n]\)$/)]);
  });

  test('one that never answers is given up, and the others are not', async () => {
    const other = 'https://other.example/simple';
    const fetchText: FetchText = (url, _, bounds) =>
      url.startsWith('https://other.example/')
        ? Promise.resolve(json({ info: {} }))
        : new Promise((_resolve, reject) => {
            bounds?.signal?.addEventListener('abort', () => reject(bounds.signal?.reason));
          });
    const { advice, notAsked } = await askIndexes([release('a'), release('b', other)], fetchText, 50);
    expect([...advice.keys()]).toEqual(['b 1.0']);
    expect(notAsked).toEqual(['the index at index.example (no answer within 0.05 s)']);
  });

  test('only so many releases, and only indexes with an address', async () => {
    const { asked, fetchText } = makeIndex({});
    const many = Array.from({ length: 700 }, (_, number) =>
      release(`p${number}`, `https://i${number}.example/simple`),
    );
    const { notAsked } = await askIndexes([release('local', './wheels'), ...many], fetchText);
    expect(new Set(asked.map((url) => new URL(url).host)).size).toBe(500);
    expect(notAsked.at(-1)).toBe('201 of 701 releases');
  });
});
