import path from 'node:path';
import { buildLockName, parseBuildLock } from '../buildlock/text.ts';
import type { BuildLock } from '../buildlock/types.ts';
import { fakeHash, isSri } from '../hash/sri.ts';
import type { ReadText } from '../lock/index.ts';
import type { NativeTools } from '../native/types.ts';
import { UserError } from '../ports/errors.ts';
import { hashesFor, projectBeside } from '../update/without-nix.ts';
import type { Proposed, Subject } from './proposed.ts';

/** What a publishing job verifies another job's result by. */
export interface Baseline {
  /** The checkout of the commit that the result says it was computed from. */
  readonly root: string;
  readonly read: ReadText;
  readonly native: () => Promise<NativeTools>;
  /** Whether a hash stands in the Nix code of the base: where its configuration has the derivation, or elsewhere in the repository. */
  readonly isInBase: (hash: string) => Promise<boolean>;
  /** Hosts that the base's configuration allows besides those that the base already fetches from; undefined: not limited. */
  readonly allowedHosts: readonly string[] | undefined;
  readonly isAllowedHost: (address: string, hosts: readonly string[]) => boolean;
}

/**
 * Decides whether a result that another job computed may be published. That job ran strangers' code; so nothing of the result
 * is believed that is not found here again: its files may differ from the checkout's in hashes, in the version that it says
 * it goes to, and in the build lock, and the hashes have to be those that this job computes from uv.lock by itself.
 *
 * @throws UserError `result-refused`
 */
export async function verify(proposed: Proposed, baseline: Baseline): Promise<void> {
  const { files, subjects } = proposed;
  const isLock = ({ path: name }: { path: string }): boolean => path.basename(name) === buildLockName;
  const derivations: Derivation[] = [];
  for (const { path: name, content } of files.filter((file) => !isLock(file))) {
    const before = await baseline.read(path.join(baseline.root, insidePath(name)));
    checkLiterals(name, before, content, subjects);
    derivations.push({ name, before: before ?? '', after: content });
  }
  const locks = files.filter(isLock);
  if (locks.length === 0 && files.length > 0) {
    throw refuse(`it changes hashes and no ${buildLockName}, so nothing says what they were computed for`);
  }
  const computed = new Set<string>();
  for (const { path: name, content } of locks) {
    for (const hash of await checkHashes(insidePath(name), content, derivations, baseline))
      computed.add(hash);
  }
  // Another version has another source, whose hash only Nix could compute again; without one nothing else may move.
  if (!subjects.some(({ isBump }) => isBump)) for (const one of derivations) checkMoved(one, computed);
}

/** A file with hashes in it, before and after. */
interface Derivation {
  readonly name: string;
  readonly before: string;
  readonly after: string;
}

const hashesIn = (text: string): string[] => text.match(/sha(?:256|512)-[A-Za-z0-9+/]+=*/g) ?? [];

function checkMoved({ name, before, after }: Derivation, computed: ReadonlySet<string>): void {
  const known = new Set(hashesIn(before));
  const strange = hashesIn(after).find((hash) => !known.has(hash) && !computed.has(hash));
  if (strange !== undefined)
    throw refuse(`it puts ${strange} into ${name}, which is the hash of no dependencies here`);
}

function insidePath(name: string): string {
  const parts = name.split('/');
  if (name === '' || path.isAbsolute(name) || parts.includes('..') || parts.includes('.git'))
    throw refuse(`'${name}' is no path inside the repository`);
  return name;
}

/** Everything but hashes and the versions in question has to be as it was, character for character. */
function checkLiterals(
  name: string,
  before: string | undefined,
  after: string,
  subjects: readonly Subject[],
): void {
  if (before === undefined) throw refuse(`it adds the file ${name}`);
  const moved = subjects.filter(({ isBump }) => isBump);
  for (const one of moved) for (const version of [one.before, one.after]) checkVersion(version);
  const [old, now] = [
    moved.reduce((text, one) => withoutVersion(name, text, one.before), withoutHashes(before)),
    moved.reduce((text, one) => withoutVersion(name, text, one.after), withoutHashes(after)),
  ];
  if (old !== now)
    throw refuse(`it changes more in ${name} than hashes${moved.length > 0 ? ' and the version' : ''}`);
  if (after.includes(fakeHash)) throw refuse(`it leaves a hash that is none in ${name}`);
}

const withoutHashes = (text: string): string =>
  text.replace(/"(?:sha(?:256|512)-[A-Za-z0-9+/]+=*)?"|(?:[A-Za-z_][\w'-]*\.)*fakeHash\b/g, '"#"');

/**
 * What the result calls a version takes the place of another in a derivation; so it has to be one, and no Nix. The characters
 * are those of PEP 440, semver and nixpkgs' unstable versions.
 */
function checkVersion(version: string): void {
  if (!/^(?=.*\d)[0-9A-Za-z][0-9A-Za-z.+!_~-]{0,99}$/.test(version))
    throw refuse(`'${version.slice(0, 100)}' is no version`);
}

/** Whole versions only; in Nix only within a string that begins and ends on its line. */
function withoutVersion(file: string, text: string, version: string): string {
  const escaped = version.replace(/[.+]/g, '\\$&');
  const whole = new RegExp(`(?<![0-9A-Za-z.+!_~-])v?${escaped}(?![0-9A-Za-z+!_~-]|\\.[0-9A-Za-z])`, 'g');
  if (!file.endsWith('.nix')) return text.replace(whole, '\u0000');
  return text.replace(/"(?:[^"\\\n]|\\.)*"/g, (literal) => literal.replace(whole, '\u0000'));
}

/** @returns the hashes of all systems, computed here */
async function checkHashes(
  name: string,
  content: string,
  derivations: readonly Derivation[],
  baseline: Baseline,
): Promise<string[]> {
  const file = path.join(baseline.root, name);
  const buildLock = parseBuildLock(content, name);
  const before = await baseline.read(file);
  checkSystems(buildLock, before === undefined ? undefined : parseBuildLock(before, name));
  const project = await projectBeside(path.dirname(file), baseline.read);
  if (project === undefined) {
    throw refuse(
      `without Nix it can't be told which uv.lock it is about: beside or just below ${name} there is none, or there are several`,
    );
  }
  await checkHosts(buildLock, before, path.join(project, 'uv.lock'), baseline);
  const hashes = await hashesFor(buildLock, project, baseline.read, baseline.native);
  for (const { system, hash, sameApart } of hashes) {
    const claimed = buildLock.systems[system]?.hash;
    if (claimed !== hash)
      throw refuse(`it says that the hash for ${system} is ${claimed}, and here it is ${hash}`);
    if (!sameApart)
      throw refuse(`its build lock has other wheels to install apart on ${system} than uv.lock`);
    const isWritten =
      derivations.some(({ after }) => after.includes(`"${hash}"`)) ||
      // One that did not move stands in a file that the result does not change.
      (derivations.length === 0 && (await baseline.isInBase(hash)));
    if (!isWritten) throw refuse(`no derivation has the hash for ${system}, ${hash}`);
  }
  return hashes.map(({ hash }) => hash);
}

function checkSystems(now: BuildLock, before: BuildLock | undefined): void {
  for (const [system, { hash }] of Object.entries(now.systems)) {
    if (!isSri(hash) || hash === fakeHash) throw refuse(`it has no hash for ${system}`);
  }
  const missing = Object.keys(before?.systems ?? {}).filter((system) => !(system in now.systems));
  if (missing.length > 0) throw refuse(`it has nothing for ${missing.join(' and ')} any more`);
}

/** A build may fetch from where the base already fetches, and from what its configuration allows. */
async function checkHosts(
  lock: BuildLock,
  before: string | undefined,
  uvLock: string,
  baseline: Baseline,
): Promise<void> {
  const known = new Set([...hostsIn(before ?? ''), ...hostsIn((await baseline.read(uvLock)) ?? '')]);
  for (const address of addressesOf(lock)) {
    const host = URL.parse(address)?.host ?? '';
    const isAllowed =
      baseline.allowedHosts === undefined
        ? known.has(host)
        : baseline.isAllowedHost(address, baseline.allowedHosts) || known.has(host);
    if (!isAllowed)
      throw refuse(
        `its build lock fetches from '${host}', where the base does not; allow that with allowed-hosts in the base's configuration`,
      );
  }
}

const hostsIn = (text: string): string[] =>
  [...text.matchAll(/(?:https?|ssh):\/\/([^/"'?#\s@]+@)?([^/"'?#\s]+)/g)].map(([, , host = '']) => host);

function addressesOf({ builds, wheels }: BuildLock): string[] {
  const sources = Object.values(builds).flatMap((build) =>
    'url' in build && build.url !== undefined ? [build.url] : [],
  );
  return [...sources, ...Object.values(wheels).map(({ url }) => url)];
}

const refuse = (why: string): UserError =>
  new UserError(
    'result-refused',
    `The result of the other job is not published: ${why}. Nothing was written; look at that job's log, or run both jobs again.`,
  );
