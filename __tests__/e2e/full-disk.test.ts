import { randomBytes } from 'node:crypto';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { onLoopback } from '../support/files/loopback.ts';
import { run, runText } from '../support/nix/run.ts';
import { nixPath, smallDerivation, uvFod } from '../support/scenario/small.ts';

let dir: string;
beforeEach(async () => {
  dir = await mkdtemp(path.join(tmpdir(), 'full-disk-'));
});
afterEach(async () => {
  await run('umount', [path.join(dir, 'store')]);
  await rm(dir, { recursive: true, force: true });
});

/** A wheel of 256 MB that no compression makes smaller. */
async function bigWheel(): Promise<Buffer> {
  const python = `import sys, zipfile
with zipfile.ZipFile(sys.argv[1], 'w') as wheel:
    wheel.writestr('big.py', '')
    wheel.write(sys.argv[2], 'noise')
    wheel.writestr('big-1.0.dist-info/METADATA', 'Metadata-Version: 2.1\\nName: big\\nVersion: 1.0\\n')
    wheel.writestr('big-1.0.dist-info/WHEEL', 'Wheel-Version: 1.0\\nGenerator: t\\nRoot-Is-Purelib: true\\nTag: py3-none-any\\n')
    wheel.writestr('big-1.0.dist-info/RECORD', '')`;
  const [wheel, noise] = ['big.whl', 'noise'].map((name) => path.join(dir, name));
  await writeFile(noise ?? '', randomBytes(256 << 20));
  await runText('python3', ['-c', python, wheel ?? '', noise ?? '']);
  return readFile(wheel ?? '');
}

/** What fetches, so that only the wheel is missing from the store. */
const inputs =
  'with import <nixpkgs> { }; runCommand "inputs" { nativeBuildInputs = [ nodejs cacert ]; } "touch $out"';

test('a disk that is full is named, and the checkout is as it was', async () => {
  const wheel = await bigWheel();
  const server = await onLoopback(createServer((_, response) => response.end(wheel)));
  const project = path.join(dir, 'project');
  const store = path.join(dir, 'store');
  try {
    await mkdir(project);
    await mkdir(store);
    await writeFile(path.join(project, 'default.nix'), smallDerivation);
    const url = `${server.origin}/big-1.0-py3-none-any.whl`;
    await writeFile(
      path.join(project, 'pyproject.toml'),
      `[project]\nname = "small"\nversion = "1.0"\nrequires-python = ">=3.13"\ndependencies = ["big @ ${url}"]\n\n[tool.uv]\npackage = false\n`,
    );
    await runText('uv', ['lock', '--quiet', '--python', 'python3.14'], { cwd: project });
    // A store on a disk of its own: it holds what the build needs, and has room for a copy of that,
    // but not for the wheel.
    await runText('mount', ['-t', 'tmpfs', '-o', 'size=2g', 'tmpfs', store]);
    const own = {
      NIX_PATH: nixPath,
      NIX_REMOTE: `local?root=${store}`,
      NIX_CONFIG: 'substituters = local\nrequire-sigs = false',
    };
    await runText('nix-build', ['--no-out-link', '--expr', inputs], { env: own });
    const used = (await runText('df', ['--output=used', '-B1', store])).split('\n').at(-1);
    await runText('mount', ['-o', `remount,size=${Number(used) + (192 << 20)}`, store]);
    const before = await runText('sha256sum', ['default.nix'], { cwd: project });
    const { code, stderr } = await uvFod(['update', 'small', '--no-verify', '--verbose'], project, own);
    expect(stderr).toMatch(/uv-fod: [^\n]*big-1\.0-py3-none-any\.whl[^\n]*ENOSPC/);
    expect(stderr).toMatch(
      /uv-fod: [^\n]*the disk is full[^\n]*dependencies of 'small' for \S+ can't be fetched/,
    );
    expect(code).toBe(1);
    expect(await runText('sha256sum', ['default.nix'], { cwd: project })).toBe(before);
  } finally {
    await server.close();
  }
}, 300_000);
