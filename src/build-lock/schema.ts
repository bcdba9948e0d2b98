import { isSri } from '../system/sri.ts';
import { isName } from '../uv/lock/names.ts';
import { parseWheelName } from '../uv/lock/wheel-name.ts';
import { SYSTEMS } from '../uv/plan/index.ts';

/** Returns what is wrong with a value, as "KEY … "; undefined if it is right. */
type Rule = (value: unknown, at: string) => string | undefined;

interface Shape {
  readonly needed: Readonly<Record<string, Rule>>;
  readonly optional?: Readonly<Record<string, Rule>>;
}

const isTable = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const text =
  (what: string, isRight: (value: string) => boolean): Rule =>
  (value, at) =>
    typeof value === 'string' && value.length <= 10_000 && isRight(value)
      ? undefined
      : `${at} is not ${what}`;

const flag: Rule = (value, at) =>
  typeof value === 'boolean' ? undefined : `${at} is neither true nor false`;

const list =
  (rule: Rule): Rule =>
  (value, at) =>
    Array.isArray(value)
      ? first(value.map((one, index) => rule(one, `${at}[${index}]`)))
      : `${at} is not a list`;

const map =
  (isKey: (key: string) => boolean, rule: Rule): Rule =>
  (value, at) =>
    isTable(value)
      ? first(
          Object.entries(value).map(([key, one]) =>
            isKey(key) ? rule(one, `${at}.${key}`) : `${at} has a key that it cannot have, '${key}'`,
          ),
        )
      : `${at} is not a table`;

/** Keys that are not known are no fault here: `strangeKey` finds them. */
const table =
  ({ needed, optional = {} }: Shape): Rule =>
  (value, at) =>
    isTable(value)
      ? first([
          ...Object.entries(needed).map(([key, rule]) => rule(ownOf(value, key), `${at}.${key}`)),
          ...Object.entries(optional).map(([key, rule]) =>
            Object.hasOwn(value, key) ? rule(value[key], `${at}.${key}`) : undefined,
          ),
        ])
      : `${at} is not a table`;

const ownOf = (value: Record<string, unknown>, key: string): unknown =>
  Object.hasOwn(value, key) ? value[key] : undefined;

const first = (found: readonly (string | undefined)[]): string | undefined =>
  found.find((one) => one !== undefined);

// biome-ignore lint/suspicious/noControlCharactersInRegex: these are what a text must not have.
const isPlain = (value: string): boolean => value !== '' && !/[\u0000-\u001f\u007f]/.test(value);
const isKey = (key: string): boolean => /^[A-Za-z0-9][\w.+!-]{0,299}$/.test(key);
const isFile = (value: string): boolean => /^[A-Za-z0-9_][\w.+!?=~-]{0,299}$/.test(value);
const isWheel = (value: string): boolean => isFile(value) && typeof parseWheelName(value) !== 'string';
const isAddress = (value: string): boolean =>
  isPlain(value) && /^(https?|ssh):\/\//.test(value) && URL.canParse(value);
const isRelative = (value: string): boolean =>
  isPlain(value) && !value.startsWith('/') && !value.includes('\\');

const plain = text('a text without control characters', isPlain);
const name = text('the name of a package', isName);
const version = text('a version', (value) => /^[0-9A-Za-z][0-9A-Za-z.+!_-]{0,127}$/.test(value));
/** Requirements are the words of whoever wrote the source; Nix and uv are given them as text. */
const words = text('a text', () => true);
/** Of a lock that `uv-fod lock` made before there was a hash. */
const sriOrNone = text('empty or a sha256 in SRI form', (value) => value === '' || isSri(value));
const sri = text('a sha256 in SRI form', isSri);
const address = text('an http, https or ssh address', isAddress);
const relative = text('a relative path', isRelative);
const key = text('the key of a build', isKey);
const wheelFile = text("a wheel's file name", isWheel);
const commit = text('a commit of 40 hexadecimal digits', (value) => /^[0-9a-f]{40}$/.test(value));

const target: Shape = {
  needed: {
    ...{ python: plain, libc: plain, packages: list(plain), extras: list(plain), groups: list(plain) },
    ...{ allPackages: flag, defaultGroups: flag },
  },
};

const environment: Shape = { needed: { wheels: list(wheelFile), builds: list(key) } };

const system: Shape = {
  needed: {
    plan: sriOrNone,
    hash: sriOrNone,
    builds: list(key),
    environments: map(isKey, table(environment)),
  },
  optional: { apart: map(isWheel, sri) },
};

const built = {
  needed: { name, requires: list(words) },
  optional: { dynamicRequires: list(words), extraRequires: list(words) },
};

const kinds: Readonly<Record<string, Shape>> = {
  sdist: {
    needed: { ...built.needed, version, filename: text('a file name', isFile), hash: sri },
    optional: { ...built.optional, url: address, path: relative, subdirectory: relative },
  },
  git: {
    needed: { ...built.needed, version, url: address, commit, hash: sri },
    optional: { ...built.optional, subdirectory: relative },
  },
  directory: {
    needed: { ...built.needed, path: relative },
    optional: { ...built.optional, version },
  },
};

const shapeOf = (value: unknown): Shape | undefined =>
  isTable(value) && typeof value.kind === 'string' && Object.hasOwn(kinds, value.kind)
    ? kinds[value.kind]
    : undefined;

const build: Rule = (value, at) => {
  const shape = shapeOf(value);
  return shape ? table(shape)(value, at) : `${at}.kind is not one of ${Object.keys(kinds).join(', ')}`;
};

const wheel: Shape = { needed: { url: address, hash: sri } };

const isSystem = (value: string): boolean => SYSTEMS.some((one) => one === value);

/**
 * Whether a value has the types and patterns of a build lock (src/build-lock/types.ts). Keys that are not known do not count.
 * @returns what is wrong, as a clause; undefined if nothing is
 */
export const faultOf = (value: unknown): string | undefined =>
  table({
    needed: {
      target: table(target),
      systems: map(isSystem, table(system)),
      builds: map(isKey, build),
      wheels: map(isWheel, table(wheel)),
    },
  })(value, 'it')?.replace(/^it\./, '');

/** @returns where a build lock without faults has a key that nothing knows; undefined if every key is known */
export function strangeKey(lock: Record<string, unknown>): string | undefined {
  const [systems, builds, wheels] = [lock.systems, lock.builds, lock.wheels].map((one) =>
    Object.entries(one as object),
  );
  return first([
    other(lock, ['version', 'target', 'systems', 'builds', 'wheels'], ''),
    other(lock.target, keysOf(target), 'target.'),
    ...(systems ?? []).flatMap(([at, one]) => [
      other(one, keysOf(system), `systems.${at}.`),
      ...Object.entries((one as { environments: object }).environments).map(([inner, value]) =>
        other(value, keysOf(environment), `systems.${at}.environments.${inner}.`),
      ),
    ]),
    ...(builds ?? []).map(([at, one]) => other(one, ['kind', ...keysOf(shapeOf(one))], `builds.${at}.`)),
    ...(wheels ?? []).map(([at, one]) => other(one, keysOf(wheel), `wheels.${at}.`)),
  ]);
}

const keysOf = (shape: Shape | undefined): string[] => [
  ...Object.keys(shape?.needed ?? {}),
  ...Object.keys(shape?.optional ?? {}),
];

function other(value: unknown, known: readonly string[], at: string): string | undefined {
  const found = Object.keys(value as object).find((one) => !known.includes(one));
  return found === undefined ? undefined : `${at}${found}`;
}
