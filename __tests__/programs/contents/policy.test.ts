import { mkdir, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Version } from '@cyclonedx/cyclonedx-library/Spec';
import { JsonStrictValidator } from '@cyclonedx/cyclonedx-library/Validation';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { policyKinds } from '../../../src/config/policy.ts';
import { hashOutputs } from '../../../src/fetch/hash.ts';
import { makeHashTools } from '../../../src/fetch/hash-tools.ts';
import { networkFrom } from '../../../src/fetch/network.ts';
import { loadProject } from '../../../src/uv/lock/project.ts';
import { manifestDigest } from '../../../src/uv/plan/manifest.ts';
import { planProject } from '../../../src/uv/plan/plan.ts';
import { parseTarget } from '../../../src/uv/plan/target.ts';
import { elfOf } from '../../support/files/elf.ts';
import { type FileServer, startFileServer } from '../../support/files/server.ts';
import { run } from '../../support/nix/run.ts';
import { runStep } from '../../support/runner/runner.ts';
import { git } from '../../support/scenario/repository.ts';
import { smallDerivation, uvFod } from '../../support/scenario/small-project.ts';
import { type LockedPackage, lockText, sdistOf, wheelOf } from './locked-packages.ts';

// A lock that brings one of each kind of finding, checked without Nix, which takes a second.
let dir: string;
let server: FileServer;
let PATH: string;

const declared = {
  ...{ python: '3.14.8', libc: 'glibc:2.39', packages: [], extras: [], groups: [] },
  ...{ allPackages: false, defaultGroups: false, system: 'x86_64-linux' },
};

const plain = (name: string, version: string, more: Parameters<typeof wheelOf>[2] = []): LockedPackage => ({
  ...{ name, version },
  files: wheelOf(name, version, [{ name: `${name}/__init__.py`, content: `# ${version}` }, ...more]),
});

const sdist = { 'shape-1.0.tar.gz': Buffer.from('never read') };
const young = new Date(Date.now() - 60_000).toISOString();

const source = (version: string, backend: string): LockedPackage => ({
  ...{ name: 'source', version },
  files: sdistOf('source', version, backend),
});

const still = { ...plain('still', '1.0'), isOpen: true };
const before = [
  still,
  ...[
    plain('all', '1.0'),
    plain('other', '1.0', [
      { name: 'etc/x', content: 'x' },
      { name: 'shared.py', content: 'other' },
    ]),
  ],
  { name: 'shape', version: '1.0', files: sdist },
  source('1.0', 'one'),
  ...[
    plain('replaced', '1.0', [{ name: 'a', content: 'before' }]),
    plain('lying', '1.0'),
    plain('open', '1.0'),
  ],
];
const after = [
  still,
  {
    ...plain('all', '2.0', [
      { name: 'all.pth', content: 'import all\n' },
      { name: 'path.pth', content: 'src\n' },
      { name: 'all/x.so', content: elfOf(['libX11.so.6']) },
      { name: 'all-2.0.dist-info/entry_points.txt', content: '[console_scripts]\nall = all:main\n' },
      { name: 'more/__init__.py', content: '' },
      { name: 'all-2.0.data/data/etc/all.conf', content: '' },
      { name: 'shared.py', content: 'all' },
      { name: 'all/data', content: Buffer.alloc(6e6) },
    ]),
    uploadTime: '2020-01-01T00:00:00Z',
  },
  ...[
    before[2] as LockedPackage,
    plain('shape', '2.0'),
    plain('replaced', '1.0', [{ name: 'a', content: 'after' }]),
  ],
  plain('lying', '2.0', [{ name: '../../evil.py', content: '' }]),
  { ...plain('open', '2.0'), isOpen: true },
  source('2.0', 'two'),
];

beforeAll(async () => {
  dir = await mkdtemp(path.join(tmpdir(), 'policy-'));
  server = await startFileServer();
  server.answers.set('/pypi/all/2.0/json', (_, response) => {
    response.setHeader('content-type', 'application/json').end(
      JSON.stringify({
        info: { yanked: true, yanked_reason: 'wrong' },
        vulnerabilities: [{ id: 'PYSEC-1', aliases: ['CVE-2026-1'], fixed_in: [] }],
        urls: [{ filename: 'all-2.0-py3-none-any.whl', upload_time_iso_8601: young }],
      }),
    );
  });
  PATH = path.join(dir, 'bin');
  await mkdir(PATH);
  for (const name of ['git', 'curl']) {
    const { stdout } = await run('which', [name]);
    await symlink(stdout.trim(), path.join(PATH, name));
  }
  await git(dir, 'init', '--quiet', '--initial-branch=main', 'work');
  await writeProject(before);
  // Runs of pull requests contact only hosts that the base allows.
  await configure(
    `[policy]\nstartup-code = "fail"\n`,
    `allowed-hosts = ["${new URL(server.origin).host}"]\n`,
  );
  await git(path.join(dir, 'work'), 'add', '.');
  await git(path.join(dir, 'work'), 'commit', '--quiet', '--message=Before');
  await writeProject(after);
}, 60_000);
afterAll(async () => {
  await server?.close();
  await rm(dir, { recursive: true, force: true });
});

/** A project that is current, as far as can be known without Nix. */
async function writeProject(packages: readonly LockedPackage[]): Promise<void> {
  const work = path.join(dir, 'work');
  await writeFile(
    path.join(work, 'pyproject.toml'),
    '[project]\nname = "small"\nversion = "1.0"\nrequires-python = ">=3.14"\n\n[tool.uv]\npackage = false\n',
  );
  await writeFile(path.join(work, 'uv.lock'), lockText(packages, server));
  const project = await loadProject(work, (file) => readFile(file, 'utf8').catch(() => undefined));
  const artifacts = planProject(project, parseTarget(declared), declared);
  const tools = await makeHashTools(
    { PATH: process.env.PATH, XDG_CACHE_HOME: path.join(dir, 'cache') },
    { info: () => {}, warning: () => {} },
    () => networkFrom({ PATH: process.env.PATH }),
  );
  const { hashes } = await hashOutputs([{ target: declared, artifacts }], work, tools);
  const [{ hash = '' } = {}] = hashes;
  const { system, ...target } = declared;
  const [built] = artifacts.filter(({ name }) => name === 'source');
  const { version = '', filename = '', url = '' } = built ?? {};
  const key = `source-${version}`;
  const fields = { plan: manifestDigest(artifacts, declared), hash, builds: [key] };
  const systems = { [system]: { ...fields, environments: { [key]: { wheels: [], builds: [] } } } };
  const sri = `sha256-${Buffer.from(built?.hash?.slice('sha256:'.length) ?? '', 'hex').toString('base64')}`;
  const build = { kind: 'sdist', name: 'source', version, filename, url, hash: sri, requires: [] };
  const buildLock = { version: 1, target, systems, builds: { [key]: build }, wheels: {} };
  await writeFile(path.join(work, 'uv-fod.lock.json'), `${JSON.stringify(buildLock, null, 2)}\n`);
  await writeFile(path.join(work, 'default.nix'), smallDerivation.replace('hash = ""', `hash = "${hash}"`));
}

interface Result {
  readonly status: string;
  readonly message: string;
  readonly warnings: string[];
  readonly findings: {
    kind: string;
    package: string;
    level: string;
    what: string;
    reason?: string;
    isUnknown?: true;
  }[];
}

async function configure(policy: string, more = ''): Promise<void> {
  const folder = path.join(dir, 'work/.github');
  await mkdir(folder, { recursive: true });
  await writeFile(path.join(folder, 'uv-fod.toml'), `${more}[[package]]\nattribute = "small"\n\n${policy}`);
}

async function check(policy: string): Promise<{ code: number; result: Result }> {
  const work = path.join(dir, 'work');
  await configure(policy);
  const env = { PATH, XDG_CACHE_HOME: path.join(dir, 'cache') };
  const { code, stdout, stderr } = await uvFod(['check', 'small', '--json'], work, env);
  if (stdout === '') throw new Error(stderr);
  return { code, result: JSON.parse(stdout) as Result };
}

test('by default everything is a warning', async () => {
  const { code, result } = await check('');
  expect([code, result.status]).toEqual([0, 'current']);
  const found = new Set(result.findings.filter(({ isUnknown }) => !isUnknown).map(({ kind }) => kind));
  expect(policyKinds.filter((kind) => !found.has(kind))).toEqual(['age']);
  expect(new Set(result.findings.map(({ level }) => level))).toEqual(new Set(['warn']));
  expect(result.warnings.join('\n')).toContain('CVE-2026-1');
}, 60_000);

test.each(policyKinds)(
  // A kind without a finding fails here, a new one too.
  'a policy stops %s',
  async (kind) => {
    const age = kind === 'age' ? 'minimum-release-age = "1 day"\n' : '';
    const { code, result } = await check(`[policy]\n${age}${kind} = "fail"\n`);
    expect([code, result.status]).toEqual([9, 'policy']);
    expect(result.message).toContain(`(${kind})`);
    const failing = result.findings.filter(({ level }) => level === 'fail');
    expect(new Set(failing.map((one) => one.kind))).toEqual(new Set([kind]));
  },
  60_000,
);

test('a pull request that loosens the policy is checked by that of its base, and described', async () => {
  const workspace = path.join(dir, 'work');
  const sha = (await git(workspace, 'rev-parse', 'HEAD')).trim();
  await configure('[policy]\nstartup-code = "allow"\n');
  const { code, outputs, log, sboms } = await runStep({
    ...{ workspace, sha, repository: 'you/small', ref: 'refs/pull/1/merge', eventName: 'pull_request' },
    github: 'http://127.0.0.1:9',
    event: { pull_request: { number: 1, base: { sha, ref: 'main' }, head: { sha, ref: 'theirs' } } },
    inputs: { mode: 'check', token: '' },
    env: { PATH, XDG_CACHE_HOME: path.join(dir, 'cache') },
  });
  expect([code, outputs.get('status')]).toEqual([9, 'policy']);
  expect(log).toMatch(/^::error title=policy[^\n]*all 2\.0: [^\n]*all\.pth[^\n]*\(startup-code\)/m);
  // Without Nix, too.
  const bom = sboms.get('small.x86_64-linux.cdx.json') ?? '';
  expect(await new JsonStrictValidator(Version.v1dot6).validate(bom)).toBeNull();
  expect(bom).toContain('pkg:pypi/lying@2.0?file_name=lying-2.0-py3-none-any.whl');
}, 60_000);

test('an unknown kind, and a level that there is not, are reported with their lines', async () => {
  await configure('[policy]\nstart-up-code = "fail"\nsize = "deny"\n');
  const { code, stderr } = await uvFod(['check', 'small'], path.join(dir, 'work'), { PATH });
  expect(code).toBe(1);
  expect(stderr).toMatch(/uv-fod\.toml:5\b.*start-up-code.*uv-fod\.toml:6\b.*size/s);
}, 60_000);

test('an exception allows one package and version, and its reason is in the result', async () => {
  const rule = (version: string) =>
    `[policy]\nstartup-code = "fail"\nshared-file = "allow"\n\n[[policy.except]]\nkind = "startup-code"\npackage = "All"\nversion = "${version}"\nreason = "it was read"\n`;
  const { code, result } = await check(rule('2.*'));
  // What can't be compared is not known, and `startup-code` fails then: of `open`, without a
  // digest.
  expect(code).toBe(9);
  expect(result.message).toMatch(/open.*startup-code is unknown/);
  const allowed = result.findings.filter(
    ({ kind, package: name }) => kind === 'startup-code' && name === 'all',
  );
  expect(allowed).toEqual([expect.objectContaining({ level: 'allow', reason: 'it was read' })]);
  expect((await check(rule('1.*'))).result.message).toContain('all.pth');
}, 60_000);

test('an unchanged package that can’t be compared is named, and an exception allows it', async () => {
  const ofStill = async (more: string) => {
    const { code, result } = await check(`[policy]\nshared-file = "fail"\n${more}`);
    expect(code).toBe(9);
    return result.findings.filter(({ kind, package: name }) => kind === 'shared-file' && name === 'still');
  };
  const unknown = { isUnknown: true, what: expect.stringContaining('no digest') };
  expect(await ofStill('')).toEqual([expect.objectContaining({ ...unknown, level: 'fail' })]);
  const rule = 'kind = "shared-file"\npackage = "still"\nversion = "1.0"\nreason = "it was read"\n';
  expect(await ofStill(`\n[[policy.except]]\n${rule}`)).toEqual([
    expect.objectContaining({ ...unknown, level: 'allow', reason: 'it was read' }),
  ]);
}, 60_000);
