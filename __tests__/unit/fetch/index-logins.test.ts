import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { indexLogins, indexSecrets, namedLoginsFor } from '../../../src/fetch/index-logins.ts';
import { netrcLogins } from '../../../src/fetch/netrc.ts';

const none = (): undefined => undefined;
const own = { UV_INDEX_OWN_USERNAME: 'me', UV_INDEX_OWN_PASSWORD: 'secret' };
const named = (url: string, more: object = {}) => ({ index: [{ name: 'own', url, ...more }] });
const ask = (
  address: string,
  environment: Record<string, string>,
  settings: object[] = [],
  netrc = '',
): string | undefined =>
  indexLogins(environment, settings as Record<string, unknown>[], netrcLogins(netrc))(new URL(address));

describe('the login of an index', () => {
  const simple = named('https://index.example/team/simple/');

  test('is for its scheme, host and port: its pages, and its files on other paths', () => {
    for (const path of ['/team/simple/six/', '/team/files/six.whl', '/elsewhere/six.whl', '/pypi/six/1/json'])
      expect(ask(`https://index.example${path}`, own, [simple])).toBe('me:secret');
    for (const origin of [
      'http://index.example',
      'https://index.example:8443',
      'https://index.example.',
      'https://sub.index.example',
      'https://example',
      'https://index.example.evil',
    ])
      expect(ask(`${origin}/team/simple/six/`, own, [simple])).toBeUndefined();
  });

  test('is that of the longest path, and of the first index elsewhere on the host', () => {
    const two = {
      index: [
        { name: 'own', url: 'https://index.example/simple' },
        { name: 'team', url: 'https://index.example/team/+simple/' },
      ],
    };
    const env = { ...own, UV_INDEX_TEAM_PASSWORD: 'token' };
    expect(ask('https://index.example/team/+f/six.whl', env, [two])).toBe(':token');
    expect(ask('https://index.example/teams/six.whl', env, [two])).toBe('me:secret');
    expect(ask('https://index.example/team', env, [two])).toBe(':token');
  });

  test('comes from the environment alone if that has the address', () => {
    for (const name of ['UV_INDEX', 'UV_DEFAULT_INDEX', 'UV_EXTRA_INDEX_URL', 'UV_INDEX_URL']) {
      const env = { [name]: 'https://other.example/simple own=https://index.example/simple', ...own };
      expect(ask('https://index.example/simple/six/', env)).toBe('me:secret');
      expect(ask('https://other.example/simple/six/', env)).toBeUndefined();
    }
  });

  test('may be in its address, decoded; the variables of its name come first', () => {
    const env = { UV_INDEX: 'own=https://you:p%40ss@index.example/simple' };
    expect(ask('https://index.example/simple/six/', env)).toBe('you:p@ss');
    expect(ask('https://index.example/simple/six/', { ...env, ...own })).toBe('me:secret');
    expect(ask('https://index.example/six.whl', {}, [named('https://token@index.example/simple')])).toBe(
      'token:',
    );
  });

  test('has its password from the netrc file if only the name is known', () => {
    const env = { UV_INDEX_OWN_USERNAME: 'me' };
    const netrc = (login: string): string => `machine index.example login ${login} password word`;
    const address = 'https://index.example/team/simple/six/';
    expect(ask(address, env, [simple], netrc('me'))).toBe('me:word');
    expect(ask(address, env, [simple], netrc('you'))).toBe('me:');
    expect(ask(address, own, [simple], netrc('you'))).toBe('me:secret');
    expect(ask(address, {}, [simple], netrc('you'))).toBe('you:word');
  });

  test('is not sent where the project wants none', () => {
    const never = named('https://index.example/simple', { authenticate: 'never' });
    expect(ask('https://index.example/simple/six/', own, [never])).toBeUndefined();
    const always = named('https://index.example/simple', { authenticate: 'always' });
    expect(ask('https://index.example/simple/six/', own, [always])).toBe('me:secret');
  });

  test('has the name in upper case, and `_` for other characters', () => {
    const name = fc.stringMatching(/^[\w.-]{1,12}$/);
    fc.assert(
      fc.property(name, fc.string(), (one, password) => {
        const variable = [...one].map((char) => (/[a-z0-9]/i.test(char) ? char.toUpperCase() : '_')).join('');
        const settings = { index: [{ name: one, url: 'https://index.example/simple' }] };
        const env = { [`UV_INDEX_${variable}_PASSWORD`]: password };
        expect(ask('https://index.example/simple/six/', env, [settings])).toBe(`:${password}`);
      }),
    );
  });

  test('reaches no other origin, whatever is declared', () => {
    const origin = fc.constantFrom('https://a.example', 'http://a.example', 'https://b.example:8080');
    const part = fc.stringMatching(/^(?:\/[a-z.%+-]{0,6}){0,3}$/);
    const index = fc.record({ name: fc.constantFrom('a', 'b', 'c', 'A.B'), origin, path: part });
    const env = { UV_INDEX_A_PASSWORD: 'a', UV_INDEX_B_PASSWORD: 'b', UV_INDEX_A_B_PASSWORD: 'c' };
    fc.assert(
      fc.property(fc.array(index), origin, part, (indexes, at, path) => {
        const tables = indexes.map((one) => ({ name: one.name, url: one.origin + one.path }));
        const given = ask(at + path, env, [{ index: tables }]);
        const here = indexes.filter((one) => one.origin === at).map(({ name }) => name);
        const allowed = { a: ':a', b: ':b', c: undefined, 'A.B': ':c' } as Record<string, string | undefined>;
        expect([...here.map((name) => allowed[name]), undefined]).toContain(given);
        if (here.some((name) => name !== 'c')) expect(given).toBeDefined();
      }),
    );
  });
});

describe('with settings that others wrote, uv', () => {
  const trusted = indexLogins(own, [named('https://index.example/simple')], none);
  const given = (settings: object): string[] =>
    Object.keys(namedLoginsFor(own, settings as Record<string, unknown>, trusted));

  test('gets the login of a name that has its trusted address', () => {
    expect(given(named('https://index.example/simple'))).toEqual(Object.keys(own));
  });

  test('gets none if the name has another one, or two', () => {
    expect(given(named('https://evil.example/simple'))).toEqual([]);
    expect(given(named('http://index.example/simple'))).toEqual([]);
    const both = [...named('https://index.example/simple').index, ...named('https://evil.example').index];
    expect(given({ index: both })).toEqual([]);
    const other = { name: 'OWN', url: 'https://evil.example/simple' };
    expect(given({ index: [...named('https://index.example/simple').index, other] })).toEqual([]);
    expect(given({})).toEqual([]);
  });
});

test('passwords of the environment are known, so that they can be masked', () => {
  const env = { ...own, UV_INDEX: 'a=https://you:p%40ss@index.example https://token@other.example/simple' };
  expect(indexSecrets(env)).toEqual(['secret', 'p%40ss', 'p@ss', 'token']);
});
