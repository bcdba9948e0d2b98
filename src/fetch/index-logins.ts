import { isNamedLogin } from '../system/environment.ts';
import { tablesOf } from '../uv/lock/reader.ts';
import { withoutSlash } from '../uv/lock/source.ts';
import type { TomlTable } from '../uv/lock/toml.ts';

/** The login that uv sends to an index; without a password, uv looks in the netrc file. */
interface IndexLogin {
  readonly username: string;
  readonly password: string | undefined;
}

/** `name:password` for a URL; undefined: no login. */
export type LoginFor = (url: URL) => string | undefined;

interface DeclaredIndex {
  readonly url: unknown;
  readonly name?: unknown;
  readonly authenticate?: unknown;
}

/**
 * Finds the logins that uv has for its indexes: in variables with an index's name, otherwise in its
 * address. A login is used for its own scheme, host and port. The longest path, without `/simple`,
 * wins; other paths, where an index may have its files, get the first index's login (uv,
 * crates/uv-auth, CredentialsCache; IndexLocations::cache_index_credentials).
 *
 * @param settings projects' settings of uv, with names of addresses; they must be trusted
 * @param netrc logins for an index without one, and passwords for an index with only a user name
 */
export function indexLogins(
  environment: NodeJS.ProcessEnv,
  settings: readonly TomlTable[],
  netrc: LoginFor,
): LoginFor {
  const known = [...indexesIn(environment), ...settings.flatMap(declaredIn)].flatMap((one) => {
    const url = addressOf(one.url);
    const isOpen = one.authenticate === 'never';
    const login = url && !isOpen ? loginOf(one, url, environment) : undefined;
    return url && (login || isOpen) ? [{ login, origin: url.origin, root: rootOf(url) }] : [];
  });
  return (url) => {
    const near = known.filter(({ origin }) => origin === url.origin);
    const inside = near.filter(({ root }) => `${url.pathname}/`.startsWith(root));
    const [nearest] = inside.toSorted((one, other) => other.root.length - one.root.length);
    const login = (nearest ?? near.find((one) => one.login !== undefined))?.login;
    const own = netrc(url);
    const isOfSame = own?.startsWith(`${login?.username}:`);
    if (login === undefined || (login.password === undefined && isOfSame)) return own;
    return `${login.username}:${login.password ?? ''}`;
  };
}

/**
 * Selects the variables with logins that uv may get with untrusted settings.
 * @param trusted logins by trusted settings
 * @returns the variables of each index name that gives its addresses the trusted login
 */
export function namedLoginsFor(
  environment: NodeJS.ProcessEnv,
  settings: TomlTable,
  trusted: LoginFor,
): Record<string, string> {
  const named = [...indexesIn(environment), ...declaredIn(settings)].filter((one) => variableOf(one) !== '');
  const declared = Object.groupBy(named, variableOf);
  const kept = Object.entries(declared).filter(([, indexes = []]) =>
    indexes.every((one) => {
      const url = addressOf(one.url);
      const login = url && loginOf({ name: one.name }, url, environment);
      return login && trusted(url) === `${login.username}:${login.password ?? ''}`;
    }),
  );
  const names = kept.flatMap(([name]) => [`${name}_USERNAME`, `${name}_PASSWORD`]);
  return Object.fromEntries(
    names.flatMap((name) => (environment[name] === undefined ? [] : [[name, environment[name]]])),
  );
}

/** Passwords of indexes in the environment, which no log may show. */
export function indexSecrets(environment: NodeJS.ProcessEnv): string[] {
  const named = Object.entries(environment).flatMap(([name, value = '']) =>
    isNamedLogin(name) && /PASSWORD$/i.test(name) ? [value] : [],
  );
  const inAddresses = indexesIn(environment).flatMap((one) => {
    const url = addressOf(one.url);
    const { username = '', password } = (url && loginOf({}, url, {})) ?? {};
    // A token without a password is in the place of the user name.
    return url ? [url.password || url.username, password || username] : [];
  });
  return [...new Set([...named, ...inAddresses])].filter((secret) => secret !== '');
}

/** The indexes of uv's variables; each may have a name, `name=https://…`. */
export function indexesIn(environment: NodeJS.ProcessEnv): (DeclaredIndex & { readonly url: string })[] {
  const { UV_INDEX, UV_EXTRA_INDEX_URL, UV_DEFAULT_INDEX, UV_INDEX_URL } = environment;
  return [UV_INDEX, UV_EXTRA_INDEX_URL, UV_DEFAULT_INDEX, UV_INDEX_URL].flatMap((value = '') =>
    value.split(/\s+/).flatMap((text) => {
      const [, name, url = ''] = /^(?:([^:=]*)=)?(https?:\/\/.*)$/.exec(text) ?? [];
      return url === '' ? [] : [name === undefined ? { url } : { name, url }];
    }),
  );
}

const declaredIn = (settings: TomlTable): DeclaredIndex[] => [
  ...tablesOf(settings.index).map(({ url, name, authenticate }) => ({ url, name, authenticate })),
  ...['extra-index-url', 'index-url'].flatMap((key) => [settings[key] ?? []].flat().map((url) => ({ url }))),
];

/** Prefix of uv's variables for an index; empty if its name is invalid (uv, IndexName). */
const variableOf = ({ name }: Pick<DeclaredIndex, 'name'>): string =>
  typeof name === 'string' && /^[\w.-]+$/.test(name)
    ? `UV_INDEX_${name.replace(/\W/g, '_').toUpperCase()}`
    : '';

function loginOf(
  one: Pick<DeclaredIndex, 'name'>,
  url: URL,
  environment: NodeJS.ProcessEnv,
): IndexLogin | undefined {
  const variable = variableOf(one);
  const username = environment[`${variable}_USERNAME`];
  const password = environment[`${variable}_PASSWORD`];
  if (variable !== '' && (username !== undefined || password !== undefined))
    return { username: username ?? '', password };
  if (url.username === '' && url.password === '') return undefined;
  return {
    username: decoded(url.username),
    password: url.password === '' ? undefined : decoded(url.password),
  };
}

function decoded(text: string): string {
  try {
    // curl cannot read a NUL.
    return decodeURIComponent(text).replaceAll('\0', '');
  } catch {
    return text;
  }
}

function addressOf(url: unknown): URL | undefined {
  const parsed = typeof url === 'string' ? URL.parse(url) : null;
  return parsed && /^https?:$/.test(parsed.protocol) ? parsed : undefined;
}

/** Path of an index without its `simple` (uv, IndexUrl::root), with a slash at the end. */
const rootOf = ({ pathname }: URL): string => `${withoutSlash(pathname).replace(/\/\+?simple$/i, '')}/`;
