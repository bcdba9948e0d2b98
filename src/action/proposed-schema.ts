import { exactly, list, number, oneOf, type Shape, text, whole, yesOrNo } from '../system/shape.ts';
import { isSri } from '../system/sri.ts';

// The result of `mode: compute` (docs/use-bump.md, "In two jobs"). Its job ran untrusted code, so
// fields, types, lengths and counts are checked first. Its report is for people who read the
// artifact, and is not used for the pull request.

const MOST_PROPOSALS = 100;
const MOST_PACKAGES = 1000;

const words = (most = 1000): Shape => text(most);
const name = text(200);
const system = text(64, /^[a-z0-9_]{1,32}-[a-z0-9]{1,31}$/);
/** The characters of PEP 440, semver and nixpkgs' unstable versions. */
const version = text(100, /^(?:[0-9A-Za-z][0-9A-Za-z.+!_~-]*)?$/);
const commit = text(40, /^[0-9a-f]{40}$/);
const hash: Shape = (value, at) =>
  typeof value === 'string' && isSri(value) ? undefined : `${at} is not an SRI hash`;
const milliseconds = number(0, 7 * 24 * 3600 * 1000);
const kind = oneOf('wheel', 'sdist', 'git', 'local');

const link = exactly({ text: words(), url: words(4000) });

const vulnerability = exactly(
  { id: words(), fixedIn: list(words(), 100) },
  { url: words(4000), summary: words(4000) },
);

const packageChange = exactly(
  { name: words(), direct: yesOrNo },
  {
    before: words(),
    after: words(),
    url: words(4000),
    changes: words(4000),
    yanked: words(4000),
    vulnerabilities: list(vulnerability, 100),
    kinds: list(exactly({ system }, { before: kind, after: kind }), 50),
  },
);

const held = exactly(
  { name: words(), version: words(), direct: yesOrNo, why: words() },
  { current: words() },
);

const check = exactly(
  { name: words(), result: oneOf('ok', 'failed', 'not checked') },
  { detail: words(20_000), place: words(20_000) },
);

const report = exactly(
  {
    version: oneOf(1),
    subject: exactly(
      { name: words() },
      { before: words(), after: words(), links: list(link, 10), notes: words(40_000) },
    ),
    why: list(words(20_000), 50),
    hashes: list(
      exactly({ system, after: hash, how: oneOf('nix', 'native', 'both') }, { before: words() }),
      50,
    ),
    packages: list(packageChange, MOST_PACKAGES),
    checks: list(check, 1000),
    timings: list(exactly({ stage: words(), milliseconds }), 100),
    notDone: list(exactly({ what: words(), why: words() }), 100),
  },
  {
    download: exactly({ after: whole(0, 1e15) }, { before: whole(0, 1e15), system }),
    held: list(held, MOST_PACKAGES),
    notes: list(words(4000), 1000),
    notAsked: list(words(4000), 200),
  },
);

const yes: Shape = (value, at) => (value === true ? undefined : `${at} is not true`);

const subject = exactly(
  { name, pname: name, before: version, after: version, isBump: yesOrNo },
  { release: exactly({}, { commit }), own: yes },
);

const module = text(200, /^[\p{L}_][\p{L}\p{N}_]*(?:\.[\p{L}_][\p{L}\p{N}_]*)*$/u);
const stage = text(40, /^[a-z][a-z -]*$/);

const seen = exactly(
  {
    ...{ name, system, built: yesOrNo, imports: list(module, 200), byNix: yesOrNo },
    timings: list(exactly({ stage, milliseconds }), 50),
  },
  {
    failed: oneOf('Build', 'Import'),
    lacking: list(system, 50),
    unsandboxed: yes,
  },
);

const proposed = exactly(
  {
    name,
    subjects: list(subject, MOST_PROPOSALS),
    files: list(exactly({ path: text(4096), content: text(4_000_000) }), 3 * MOST_PROPOSALS),
    computedFrom: list(text(4096), MOST_PROPOSALS),
    reports: list(report, MOST_PROPOSALS),
    isUnverified: yesOrNo,
  },
  // Missing in results of older versions.
  { seen: list(seen, MOST_PROPOSALS), idle: list(name, MOST_PACKAGES) },
);

const result = exactly({
  ...{ version: oneOf(1), head: commit },
  // Of an upgrade, each package may have a pull request of its own.
  proposed: list(proposed, MOST_PACKAGES),
});

/** @returns what is wrong with the form of a result; undefined if nothing */
export const resultProblem = (value: unknown): string | undefined => result(value, 'result');
