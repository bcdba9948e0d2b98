import { createServer } from 'node:http';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { configOf, option } from '../../../src/fetch/curl.ts';
import { makeRun } from '../../../src/system/exec.ts';
import { anyCharacter } from '../../support/any-character.ts';
import { type Loopback, onLoopback } from '../../support/files/loopback.ts';

let server: Loopback;
beforeAll(async () => {
  server = await onLoopback(createServer((request, response) => request.pipe(response)));
});
afterAll(() => server.close());

describe('one option of curl', () => {
  test.each([
    ['plain', 'output = "plain"\n'],
    ['a "quoted" one', 'output = "a \\"quoted\\" one"\n'],
    ['back\\slash', 'output = "back\\\\slash"\n'],
    ['two\nlines\r\n', 'output = "two\\nlines\\r\\n"\n'],
    ['# no comment', 'output = "# no comment"\n'],
    ['', 'output = ""\n'],
  ])('%j', (text, expected) => expect(option('output', text)).toBe(expected));

  test('a NUL character can not be given', () => expect(() => option('output', 'a\0b')).toThrow(/NUL/));

  test('any text is one line', () => {
    fc.assert(
      fc.property(fc.string({ unit: anyCharacter }), (text) => {
        fc.pre(!text.includes('\0'));
        const line = option('output', text);
        expect(line.indexOf('\n')).toBe(line.length - 1);
        // Each quote within is escaped.
        expect(line.slice(10, -2).replace(/\\./g, '')).not.toMatch(/["\\]/);
      }),
      { numRuns: 2000 },
    );
  });

  test('curl itself reads what was written', async () => {
    const run = makeRun({ PATH: process.env.PATH ?? '' });
    for (const text of [
      'a"b',
      'a\\b',
      'a\\nb',
      '\\',
      '"',
      'a\nb\r\nc',
      ' # x',
      'x = "y"',
      'ünïcode',
      '\u0085',
      "'",
    ]) {
      const input = option('url', server.origin) + option('data-raw', text);
      const { stdout } = await run('curl', ['-q', '--silent', '--config', '-'], { input });
      expect(stdout).toBe(text);
    }
  });
});

describe('the configuration of transfers', () => {
  const transfer = (url: string, addresses: readonly string[] = []) => ({
    ...{ url: new URL(url), addresses, headers: {}, file: 'f', most: 1, seconds: 1, keepsErrors: false },
  });
  const network = {
    ...{ certificates: undefined, proxyFor: () => undefined },
    patience: { connect: 1, window: 1, minimum: 1, total: 1, rate: 1 },
    loginFor: ({ hostname }: URL) => (hostname === 'b.example' ? 'me:x' : undefined),
  };
  const of = (url: string, addresses?: readonly string[]) => configOf([transfer(url, addresses)], network);

  test.each([
    ['https://files.example/a', ['192.0.2.1'], 'files.example:443:192.0.2.1'],
    ['http://files.example/a', ['192.0.2.1', '2001:db8::1'], 'files.example:80:192.0.2.1,[2001:db8::1]'],
    ['https://FILES.example.:8443/a', ['192.0.2.1'], 'files.example:8443:192.0.2.1'],
  ])('pins the addresses of %s', (url, addresses, pin) =>
    expect(of(url, addresses)).toContain(`resolve = "${pin}"\n`),
  );

  test.each([
    ['http://192.0.2.1/', ['192.0.2.1']],
    ['http://[2001:db8::1]/', ['2001:db8::1']],
    ['http://proxied.example/', []],
  ])('pins nothing for %s', (url, addresses) => expect(of(url, addresses)).not.toContain('resolve'));

  test('has no credentials, no fragment and no final dot of an address', () => {
    expect(of('https://me:secret@files.example./a?b#c')).toContain('url = "https://files.example/a?b"\n');
  });

  test('asks no proxy that it is not given, and follows nothing', () => {
    const text = of('https://files.example/');
    expect(text).toContain('noproxy = "*"\n');
    expect(text).toContain('proto = "=http,https"\n');
    expect(text).not.toContain('location');
  });

  test('gives each transfer its own options', () => {
    const text = configOf([transfer('http://a.example/'), transfer('http://b.example/')], network);
    const [first = '', second = ''] = text.split('next\n');
    expect(first).not.toContain('me:x');
    expect(second).toContain('user = "me:x"\n');
    expect(second).toContain('write-out = "%{stderr}1\\t');
  });
});
