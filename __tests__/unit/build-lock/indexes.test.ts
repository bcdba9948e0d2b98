import { describe, expect, test } from '@jest/globals';
import { makeConfirmation } from '../../../src/build-lock/confirm.ts';
import { indexesOf } from '../../../src/build-lock/indexes.ts';
import { Listing } from '../../../src/build-lock/listing.ts';
import { silent } from '../../../src/system/log.ts';
import { parseLock } from '../../../src/uv/lock/parse.ts';
import type { TomlTable } from '../../../src/uv/lock/toml.ts';

const lockOf = (...urls: string[]) =>
  parseLock(
    `version = 1\nrequires-python = ">=3.14"\n${urls
      .map(
        (url, at) =>
          `[[package]]\nname = "p${at}"\nversion = "1"\nsource = { registry = "${url}" }\nsdist = { url = "${url}/p${at}-1.tar.gz", hash = "sha256:${'a'.repeat(64)}" }\n`,
      )
      .join('\n')}`,
    'uv.lock',
  );
const urls = (
  settings: TomlTable,
  own: string[] = [],
  locked: string[] = ['https://locked.example/simple/'],
) =>
  indexesOf(settings, lockOf(...locked), own).map(({ url, isDeciding, isFlat }) =>
    [url, ...(isDeciding ? ['decides'] : []), ...(isFlat ? ['flat'] : [])].join(' '),
  );

describe('indexes of a project', () => {
  test('come in the order that uv asks them in', () => {
    const settings = {
      index: [
        { url: 'https://one.example/simple' },
        { url: 'https://torch.example/whl', explicit: true },
        { url: 'https://flat.example/files', format: 'flat' },
        { url: 'https://default.example/simple', default: true },
      ],
    };
    expect(urls(settings, ['https://own.example/simple'], ['https://torch.example/whl'])).toEqual([
      'https://flat.example/files flat',
      'https://own.example/simple decides',
      'https://one.example/simple decides',
      'https://default.example/simple decides',
      'https://torch.example/whl',
    ]);
  });

  test('are those of the lock where nothing names a default, and none where that has none', () => {
    expect(urls({})).toEqual(['https://locked.example/simple decides']);
    expect(urls({}, [], [])).toEqual([]);
  });

  test('decide nothing where uv is to ask all of them', () => {
    expect(urls({ 'index-strategy': 'unsafe-best-match' })).toEqual(['https://locked.example/simple']);
  });

  test('folders, files and nonsense are not among them', () => {
    const settings = {
      index: [{ url: 1 }, { url: 'file:///x' }, {}],
      'find-links': ['./wheels', 'ssh://x/y'],
    };
    expect(urls(settings, ['not an address'])).toEqual(['https://locked.example/simple decides']);
  });
});

describe('a listing', () => {
  const file = (name: string, hex: string) => ({
    ...{ filename: name, url: `/f/${name}`, hashes: { sha256: hex.repeat(64) } },
  });
  const json = 'application/vnd.pypi.simple.v1+json';
  const pinned = (host: string, hex: string) => ({
    project: 'Some.Tool',
    filename: 'some_tool-1-py3-none-any.whl',
    url: `https://${host}/f/some_tool-1-py3-none-any.whl`,
    hash: `sha256-${Buffer.from(hex.repeat(64), 'hex').toString('base64')}`,
  });
  const asked: string[] = [];
  const listing = (pages: Readonly<Record<string, unknown>>, isDeciding = true) =>
    new Listing(
      Object.keys(pages).map((url) => ({ url, isFlat: false, isDeciding })),
      async (url) => {
        asked.push(url);
        const page = pages[url.replace(/\/some-tool\/$/, '')];
        if (page instanceof Error) throw page;
        if (typeof page === 'string') return { status: 200, contentType: 'text/html', text: page };
        return page === undefined
          ? { status: 404, contentType: '', text: '' }
          : { status: 200, contentType: json, text: JSON.stringify({ files: page }) };
      },
    );
  const name = 'some_tool-1-py3-none-any.whl';

  test('asks once for a project, and holds address and digest', async () => {
    asked.length = 0;
    const all = listing({ 'https://a.example': [file(name, 'a')] });
    expect(await all.verdictOf(pinned('a.example', 'a'))).toEqual({ kind: 'listed', isYanked: false });
    expect(await all.verdictOf(pinned('b.example', 'a'))).toMatchObject({ kind: 'other' });
    expect(await all.verdictOf(pinned('a.example', 'b'))).toMatchObject({ kind: 'other' });
    expect(asked).toEqual(['https://a.example/some-tool/']);
  });

  test('an index that has the project decides, and a later one has no say', async () => {
    const pages = {
      'https://a.example': [file('some_tool-2-py3-none-any.whl', 'a')],
      'https://b.example': [file(name, 'b')],
    };
    expect(await listing(pages).verdictOf(pinned('b.example', 'b'))).toMatchObject({ kind: 'other' });
    expect(await listing(pages, false).verdictOf(pinned('b.example', 'b'))).toMatchObject({ kind: 'listed' });
  });

  test.each([
    ['an index that does not answer', new Error('no route')],
    ['a page without a digest', [{ ...file(name, 'a'), hashes: {} }]],
    ['a page that is none', { no: 'list' }],
  ])('%s tells nothing', async (_, page) => {
    const verdict = await listing({ 'https://a.example': page }).verdictOf(pinned('a.example', 'a'));
    expect(verdict).toMatchObject({ kind: 'unknown' });
  });

  test('reads HTML with quotes, entities and relative addresses', async () => {
    const href = `../f/${name}?a=1&amp;b=2#egg=x&amp;sha256=${'a'.repeat(64)}`;
    const page = `<html><A data-requires-python=">=3.8" data-yanked='broken' HREF="${href}">${name}</a><a href=>x</a>`;
    const verdict = await listing({ 'https://a.example/x': page }).verdictOf({
      ...pinned('a.example', 'a'),
      url: `https://a.example/x/f/${name}?a=1&b=2`,
    });
    expect(verdict).toEqual({ kind: 'listed', isYanked: true });
  });

  test("an index that can't be asked is one warning and one line, for all of its files", async () => {
    const warnings: string[] = [];
    const log = { ...silent, warning: (text: string) => void warnings.push(text) };
    const trusted = { base: true, resolved: true };
    const down = listing({ 'https://a.example': new Error('no route') });
    const confirmation = makeConfirmation(down, trusted, log);
    const files = ['one', 'two', 'three', 'four', 'five'];
    for (const filename of [...files, 'one'])
      expect(await confirmation.mayStay({ ...pinned('a.example', 'a'), filename })).toBe(true);
    expect(confirmation.notVerified).toEqual([
      expect.stringMatching(/^one, two, three and 2 more: .*no route/),
    ]);
    expect(warnings).toEqual([expect.stringContaining('no route')]);
  });
});
