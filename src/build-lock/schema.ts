import { exactly, having, list, mapOf, oneOf, type Shape, text, yesOrNo } from '../system/shape.ts';
import { isSri } from '../system/sri.ts';
import { isName } from '../uv/lock/names.ts';
import { parseWheelName } from '../uv/lock/wheel-name.ts';
import { SYSTEMS } from '../uv/plan/target.ts';

// biome-ignore lint/suspicious/noControlCharactersInRegex: they are refused
const isPlain = (value: string): boolean => /^[^\u0000-\u001f\u007f]+$/.test(value);
const isFile = (value: string): boolean => /^[A-Za-z0-9_][\w.+!?=~-]{0,299}$/.test(value);
const isWheel = (value: string): boolean => isFile(value) && typeof parseWheelName(value) !== 'string';
const isAddress = (value: string): boolean =>
  isPlain(value) && /^(https?|ssh):\/\//.test(value) && URL.canParse(value);
const isRelative = (value: string): boolean =>
  isPlain(value) && !value.startsWith('/') && !value.includes('\\');

const matching = (test: (value: string) => boolean): Shape => text(10_000, { test });
const many = (item: Shape): Shape => list(item, 100_000);

const buildKey = /^[A-Za-z0-9][\w.+!-]{0,299}$/;
const key = text(300, buildKey);
const plain = matching(isPlain);
const version = text(128, /^[0-9A-Za-z][0-9A-Za-z.+!_-]*$/);
/** Empty in a lock that `uv-fod lock` wrote before the hash was known. */
const sriOrEmpty = matching((value) => value === '' || isSri(value));
const sri = matching(isSri);
const address = matching(isAddress);
const relative = matching(isRelative);
const commit = text(40, /^[0-9a-f]{40}$/);
/** Requirements are untrusted text; Nix and uv receive them as such. */
const requirements = many(text(10_000));

/** @param object `having` or `exactly` */
function lockShape(object: typeof having): Shape {
  const target = object({
    ...{ python: plain, libc: plain, packages: many(plain), extras: many(plain), groups: many(plain) },
    ...{ allPackages: yesOrNo, defaultGroups: yesOrNo },
  });
  const environment = object({ wheels: many(matching(isWheel)), builds: many(key) });
  const system = object(
    {
      ...{ plan: sriOrEmpty, hash: sriOrEmpty, builds: many(key) },
      environments: mapOf(buildKey, environment),
    },
    { apart: mapOf({ test: isWheel }, sri) },
  );
  const wheel = object({ url: address, hash: sri });
  return object({
    ...{ version: oneOf(1), target, builds: mapOf(buildKey, buildShape(object)) },
    systems: mapOf({ test: (name) => SYSTEMS.some((one) => one === name) }, system),
    wheels: mapOf({ test: isWheel }, wheel),
  });
}

function buildShape(object: typeof having): Shape {
  const required = { name: matching(isName), requires: requirements };
  const optional = { dynamicRequires: requirements, extraRequires: requirements };
  const kinds = new Map<unknown, Shape>([
    [
      'sdist',
      object(
        { ...required, kind: oneOf('sdist'), version, filename: matching(isFile), hash: sri },
        { ...optional, url: address, path: relative, subdirectory: relative },
      ),
    ],
    [
      'git',
      object(
        { ...required, kind: oneOf('git'), version, url: address, commit, hash: sri },
        { ...optional, subdirectory: relative },
      ),
    ],
    [
      'directory',
      object({ ...required, kind: oneOf('directory'), path: relative }, { ...optional, version }),
    ],
  ]);
  return (value, at) => {
    const shape = kinds.get((value as { kind?: unknown } | null)?.kind);
    return shape === undefined
      ? `${at}.kind is not one of ${[...kinds.keys()].join(', ')}`
      : shape(value, at);
  };
}

const open = lockShape(having);
const closed = lockShape(exactly);

/**
 * Whether a value has the types and patterns of a build lock (types.ts); unknown fields are
 * allowed.
 * @returns what is wrong, as a clause; undefined if it is valid
 */
export const faultOf = (value: unknown): string | undefined => open(value, 'it')?.replace(/^it\./, '');

/**
 * @returns the object of a valid build lock with an unknown field, as a clause; undefined if none
 * has
 */
export const unknownFieldOf = (value: unknown): string | undefined =>
  closed(value, 'it')?.replace(/^it\./, '');
