import path from 'node:path';
import { addressesIn } from '../../build-lock/builds.ts';
import type { BuildLock } from '../../build-lock/schema.ts';
import { parseBuildLock } from '../../build-lock/text.ts';
import { isAllowedHost } from '../../fetch/host-policy.ts';
import { fakeHash, isSri } from '../../system/sri.ts';
import { projectBeside } from '../../update/lock-beside.ts';
import { checkLock, hashesFor, type WrittenLock } from '../../update/without-nix.ts';
import {
  type Baseline,
  type ResultFile,
  refuse,
  refusing,
  type VerifiedHash,
  type VerifiedLock,
} from './types.ts';

/** Failures of the verification that are caused by the result, not by this job. */
const claims = [
  'build-lock-invalid',
  'build-lock-stale',
  'build-lock-unverified',
  'artifact-changed',
  'sdist-invalid',
  'pyproject-invalid',
];

/**
 * Verifies a build lock without Nix and uv: its hosts, its pins, and its hashes, which are computed
 * again (docs/nix.md, "How a build lock is verified").
 * @throws UserError `result-refused`, and errors of downloads
 */
export async function verifyLock(file: ResultFile, baseline: Baseline): Promise<VerifiedLock> {
  const { tree, runner } = baseline;
  const { path: name, before, after } = file;
  const lock = await refusing(() => parseBuildLock(after, name), claims);
  const old = before === undefined ? undefined : parseBuildLock(before, name);
  checkSystems(lock, old);
  const beside = path.join(tree.root, path.posix.dirname(name));
  const dir = await projectBeside(beside, tree.read, tree.foldersIn);
  if (dir === undefined)
    throw refuse(
      `without Nix the uv.lock of ${name.slice(0, 200)} cannot be found: none or several are beside it or directly below it`,
    );
  const uvLock = await tree.read(path.join(dir, 'uv.lock'));
  checkHosts(lock, [before ?? '', uvLock ?? ''], baseline);
  const { native } = runner.context;
  const computed = await hashesFor(lock, dir, { read: tree.read, native });
  const hashes = computed.map((planned): VerifiedHash => {
    const {
      hash,
      target: { system },
    } = planned;
    const claimed = lock.systems[system]?.hash;
    if (claimed !== hash)
      throw refuse(`it claims the hash ${claimed} for ${system}, and this job computed ${hash}`);
    return { system, before: old?.systems[system]?.hash, after: hash, planned };
  });
  const written = { file: path.join(tree.root, name), text: after, lock, project: dir };
  const taken = await refusing(() => verifyBuilds(written, hashes, baseline), claims);
  return { ...file, project: path.relative(tree.root, dir), target: lock.target, hashes, taken };
}

/** @returns the facts that only the build job could see, as clauses */
async function verifyBuilds(
  written: WrittenLock,
  hashes: readonly VerifiedHash[],
  { runner: { context, base }, tree }: Baseline,
): Promise<readonly string[]> {
  const plans = hashes.map(({ planned }) => planned);
  const options = { withUv: false, resolved: false };
  const { edit, differences, taken } = await checkLock(
    written,
    plans,
    { ...context, read: tree.read },
    options,
  );
  if (edit !== undefined) throw refuse(`its build lock is not right: ${differences}`);
  if (taken.length > 0 && (await base.config())?.publishNewBuilds === false)
    throw refuse(`only the build job saw ${taken.join(' and ')}, and publish-new-builds is false`);
  return taken;
}

function checkSystems(now: BuildLock, before: BuildLock | undefined): void {
  for (const [system, { hash }] of Object.entries(now.systems)) {
    if (!isSri(hash) || hash === fakeHash) throw refuse(`it has no hash for ${system.slice(0, 100)}`);
  }
  const missing = Object.keys(before?.systems ?? {}).filter((system) => !(system in now.systems));
  if (missing.length > 0) throw refuse(`it no longer has ${missing.join(' and ')}`);
}

/**
 * Builds may fetch only from hosts of the base, or hosts that its configuration allows.
 * @param known texts of the base with URLs that the base fetches from
 */
function checkHosts(
  lock: BuildLock,
  known: readonly string[],
  { allowedHosts }: Pick<Baseline, 'allowedHosts'>,
): void {
  const hosts = new Set(known.flatMap(hostsIn));
  for (const { address } of addressesIn(lock)) {
    const host = URL.parse(address)?.host ?? '';
    const isAllowed = hosts.has(host) || (allowedHosts !== undefined && isAllowedHost(address, allowedHosts));
    if (!isAllowed)
      throw refuse(
        `its build lock fetches from '${host.slice(0, 200)}', and the base does not; allow it with allowed-hosts in the base's configuration`,
      );
  }
}

const hostsIn = (text: string): string[] =>
  [...text.matchAll(/(?:https?|ssh):\/\/([^/"'?#\s@]+@)?([^/"'?#\s]+)/g)].map(([, , host = '']) => host);
