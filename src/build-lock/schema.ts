import {
  exactly,
  having,
  list,
  mapOf,
  oneOf,
  type Shape,
  text,
  type Valid,
  yesOrNo,
} from '../system/shape.ts';
import { isSri } from '../system/sri.ts';
import { isName } from '../uv/lock/names.ts';
import { parseWheelName } from '../uv/lock/wheel-name.ts';
import type { Artifact } from '../uv/plan/artifact.ts';
import { SYSTEMS, type Target } from '../uv/plan/target.ts';

// `uv-fod.lock.json`: the builds and their requirements, which uv.lock does not lock
// (astral-sh/uv#5190). Nix evaluates it, so that each source and each wheel is a derivation.

// biome-ignore lint/suspicious/noControlCharactersInRegex: they are refused
const isPlain = (value: string): boolean => /^[^\u0000-\u001f\u007f]+$/.test(value);
const isFile = (value: string): boolean => /^[A-Za-z0-9_][\w.+!?=~-]{0,299}$/.test(value);
const isWheel = (value: string): boolean => isFile(value) && typeof parseWheelName(value) !== 'string';
const isAddress = (value: string): boolean =>
  isPlain(value) && /^(https?|ssh):\/\//.test(value) && URL.canParse(value);
const isRelative = (value: string): boolean =>
  isPlain(value) && !value.startsWith('/') && !value.includes('\\');

const matching = (test: (value: string) => boolean): Shape<string> => text(10_000, { test });
const many = <T>(item: Shape<T>): Shape<readonly T[]> => list(item, 100_000);

const buildKey = /^[A-Za-z0-9][\w.+!-]{0,299}$/;
const keys = many(text(300, buildKey));
const plain = matching(isPlain);
const version = text(128, /^[0-9A-Za-z][0-9A-Za-z.+!_-]*$/);
/** SRI of a sha256; empty in a lock that `uv-fod lock` wrote before the hash was known. */
const sriOrEmpty = matching((value) => value === '' || isSri(value));
const sri = matching(isSri);
const address = matching(isAddress);
const relative = matching(isRelative);
const commit = text(40, /^[0-9a-f]{40}$/);
/** Requirements are untrusted text; Nix and uv receive them as such. */
const requirements = many(text(10_000));
/** SRI hashes of wheels, by file name. */
const hashes = mapOf({ test: isWheel }, sri);

/** @param object `having` or `exactly` */
function lockShape(object: typeof having) {
  const environment = object({
    /** File names in the lock's `wheels`. */
    wheels: many(matching(isWheel)),
    builds: keys,
  });
  const system = object(
    {
      /** Digest of the manifest that `hash` was computed for, to check that `hash` is current. */
      plan: sriOrEmpty,
      hash: sriOrEmpty,
      /** Keys of `builds` that the output installs. */
      builds: keys,
      /** The build environment of each build. */
      environments: mapOf(buildKey, environment),
    },
    /** Wheels that Nix installs in separate derivations; not set if no wheel is. */
    { apart: hashes },
  );
  return object({
    version: oneOf(1),
    /** The declared target, without its system. */
    target: object({
      ...{ python: plain, libc: plain, packages: many(plain), extras: many(plain), groups: many(plain) },
      ...{ allPackages: yesOrNo, defaultGroups: yesOrNo },
    }),
    systems: mapOf({ test: (name) => SYSTEMS.some((one) => one === name) }, system),
    builds: mapOf(buildKey, buildShape(object)),
    /** Wheels of build environments, by file name; the output's wheels are in the FOD. */
    wheels: mapOf({ test: isWheel }, object({ url: address, hash: sri })),
  });
}

function buildShape(object: typeof having) {
  const required = {
    name: matching(isName),
    /** `[build-system] requires` of pyproject.toml, or PEP 517's default. */
    requires: requirements,
  };
  const optional = {
    /** Requirements that the backend returns (PEP 517, get_requires_for_build_wheel). */
    dynamicRequires: requirements,
    /** `[tool.uv.extra-build-dependencies]` of the project. */
    extraRequires: requirements,
  };
  /** `hash`: the file's. `path`: in the repository, relative to the folder of uv.lock. */
  const sdist = object(
    { ...required, kind: oneOf('sdist'), version, filename: matching(isFile), hash: sri },
    { ...optional, url: address, path: relative, subdirectory: relative },
  );
  /** `hash`: the hash of the tree's NAR, without `.git`. */
  const git = object(
    { ...required, kind: oneOf('git'), version, url: address, commit, hash: sri },
    { ...optional, subdirectory: relative },
  );
  /** `path`: relative to the folder of uv.lock. */
  const directory = object(
    { ...required, kind: oneOf('directory'), path: relative },
    { ...optional, version },
  );
  const kinds = new Map<unknown, Shape>(Object.entries({ sdist, git, directory }));
  const build: Shape<Valid<typeof sdist> | Valid<typeof git> | Valid<typeof directory>> = (value, at) => {
    const shape = kinds.get((value as { kind?: unknown } | null)?.kind);
    return shape ? shape(value, at) : `${at}.kind is not one of ${[...kinds.keys()].join(', ')}`;
  };
  return build;
}

const open = lockShape(having);
const closed = lockShape(exactly);

export type BuildLock = Valid<typeof open>;
export type BuildTarget = BuildLock['target'];
export type SystemBuilds = BuildLock['systems'][string];
export type SeparateWheels = Valid<typeof hashes>;
export type PinnedWheel = BuildLock['wheels'][string];
export type Build = BuildLock['builds'][string];
export type BuildOf<Kind extends Build['kind']> = Extract<Build, { readonly kind: Kind }>;

/** One system's plan and hash. */
export interface SystemPlan {
  readonly target: Target;
  readonly artifacts: readonly Artifact[];
  readonly plan: string;
  readonly hash: string;
}

/**
 * Checks the types and patterns of a build lock's fields; unknown fields are allowed.
 * @returns what is wrong, as a clause; undefined if it is valid
 */
export const faultOf = (value: unknown): string | undefined => open(value, 'it')?.replace(/^it\./, '');

/** @returns a clause about an unknown field of a valid build lock; undefined if all are known */
export const unknownFieldOf = (value: unknown): string | undefined =>
  closed(value, 'it')?.replace(/^it\./, '');
