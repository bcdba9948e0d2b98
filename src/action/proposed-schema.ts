import { exactly, list, oneOf, type Shape, text, type Valid, yesOrNo } from '../system/shape.ts';

// The result of `mode: compute` (docs/use-bump.md, "In two jobs"). Its job ran untrusted code, so
// fields, types, lengths and counts are checked first. Reports are not part of it: the publishing
// job composes its own.

const MOST_PROPOSALS = 100;
/** Maximum number of entries of `held`; further ones are left out. */
export const MOST_HELD = 1000;

const name = text(200);
const system = text(64, /^[a-z0-9_]{1,32}-[a-z0-9]{1,31}$/);
/** The characters of PEP 440, semver and nixpkgs' unstable versions. */
const version = text(100, /^(?:[0-9A-Za-z][0-9A-Za-z.+!_~-]*)?$/);
const commit = text(40, /^[0-9a-f]{40}$/);
const module = text(200, /^[\p{L}_][\p{L}\p{N}_]*(?:\.[\p{L}_][\p{L}\p{N}_]*)*$/u);
const yes: Shape<true> = (value, at) => (value === true ? undefined : `${at} is not true`);

const subject = exactly(
  {
    ...{ name, pname: name, before: version, after: version },
    /** Whether the version changes, not only the hash. */
    isBump: yesOrNo,
  },
  {
    /** The new release, as the build job saw it. */
    release: exactly({}, { commit }),
    /** Its dependencies are not from fetchUvDeps: only Nix can compute their hash. */
    own: yes,
  },
);

const seen = exactly(
  {
    /** The package's name in the configuration. */
    name,
    /** The system that it was built for. */
    system,
    built: yesOrNo,
    /** Modules that were imported from what was built. */
    imports: list(module, 200),
    /** Whether Nix itself computed the hash for that system. */
    byNix: yesOrNo,
  },
  {
    failed: oneOf('Build', 'Import'),
    /** Systems whose hash is a placeholder, because no machine of this job builds for them. */
    lacking: list(system, 50),
    /** Builds ran without Nix's sandbox. */
    unsandboxed: yes,
  },
);

const computed = exactly({
  name,
  subjects: list(subject, MOST_PROPOSALS),
  files: list(exactly({ path: text(4096), content: text(4_000_000) }), 3 * MOST_PROPOSALS),
  /** Paths of the locks that it was computed from, if they are in the repository. */
  computedFrom: list(text(4096), MOST_PROPOSALS),
  /** Releases that an upgrade of uv.lock leaves out. */
  held: list(exactly({ name, version }, { current: version }), MOST_HELD),
  /** Verification failed, but the configuration asks to propose the change anyway. */
  isUnverified: yesOrNo,
  seen: list(seen, MOST_PROPOSALS),
  /** Parts of an upgrade that have nothing left to upgrade, whose pull requests can be closed. */
  idle: list(name, 1000),
});

const result = exactly({
  version: oneOf(2),
  /** The checked-out commit. */
  head: commit,
  // An upgrade may have a pull request for each package.
  proposed: list(computed, 1000),
});

/** One package of a proposal. */
export type Subject = Valid<typeof subject>;

/** Facts about a package that only a build job can see; the published report marks them. */
export type Seen = Valid<typeof seen>;

/** The contents of a pull request, as the build job passes them to the publishing job. */
export type Computed = Valid<typeof computed>;

/** The result of the build job. */
export type ComputedResult = Valid<typeof result>;

/** @returns what is wrong with the fields of a result; undefined if they are valid */
export const resultProblem = (value: unknown): string | undefined => result(value, 'result');
