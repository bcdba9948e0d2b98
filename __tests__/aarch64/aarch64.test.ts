import { randomUUID } from 'node:crypto';
import { cp, mkdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { built, checkout, closure, expectCode } from '../support/nix/nix.ts';
import { lock, pin, scratch } from '../support/nix/project.ts';
import { run, runText } from '../support/nix/run.ts';

// Built for aarch64-linux on this machine: Nix starts programs for it in an emulator
// (script/lib/aarch64.sh). The library, Python, uv and Node are those of that system; compilers are
// cross compilers, and the tools of the sandbox are this machine's.
const minutes = 60_000;
const place = '/opt/uv-fod/aarch64';
const pkgs = `import <nixpkgs> { system = "aarch64-linux"; debs = ${place}/debs; node = ${place}/node; uv = ${place}/uv; }`;
/** A nixpkgs for both systems, as users have it. */
const nixpkgs = `{ system ? builtins.currentSystem }:
import ${checkout}/nix/testing ({ inherit system; buildSystem = "x86_64-linux"; } // (
  if system == "aarch64-linux" then { debs = ${place}/debs; node = ${place}/node; uv = ${place}/uv; } else { }
))
`;

let dir: string;
let remove: () => Promise<void>;
beforeAll(async () => {
  ({ dir, remove } = await scratch('aarch64'));
});
afterAll(() => remove());

/** An example, locked, pinned for both systems and built for aarch64. */
async function example(name: string, attribute: string): Promise<string> {
  const copy = path.join(dir, name);
  await cp(path.join(checkout, 'examples', name), copy, { recursive: true });
  const file = path.join(copy, 'default.nix');
  const both = 'hash = {\n      x86_64-linux = "";\n      aarch64-linux = "";\n    };';
  await writeFile(file, (await readFile(file, 'utf8')).replace('hash = "";', both));
  await lock(copy);
  await pin(copy, attribute);
  const [out = ''] = await built(['-A', attribute, '--arg', 'pkgs', pkgs], copy);
  return out;
}

/** Runs a program of an output in a root that holds its closure and nothing else. */
const inClosure = (out: string, ...command: string[]) =>
  run('bash', [path.join(checkout, '__tests__/support/nix/closure-root.sh'), out, ...command]);

/** Machine of an ELF file: bytes 18 and 19 of its header (System V gABI); 183 is AArch64. */
const machineOf = async (file: string): Promise<number> => (await readFile(file)).readUInt16LE(18);

describe('aarch64-linux', () => {
  test('is emulated: programs of that system start', async () => {
    expect(await runText(`${place}/node/bin/node`, ['-p', 'process.arch'])).toBe('arm64');
  });

  test(
    'examples/small is built and imports',
    async () => {
      const out = await example('small', 'small');
      expect(await machineOf(`${out}/bin/python`)).toBe(183);
      const code =
        'import platform, six, iniconfig; print(platform.machine(), six.__version__, iniconfig.__file__)';
      expect(await inClosure(out, `${out}/bin/python`, '-I', '-c', code)).toEqual({
        ...{ code: 0, stderr: '' },
        stdout: `aarch64 1.17.0 ${out}/lib/python3.14/site-packages/iniconfig/__init__.py\n`,
      });
    },
    5 * minutes,
  );

  test(
    'is built and imported by `uv-fod update` as well, because `extra-platforms` has it',
    async () => {
      const copy = path.join(dir, 'both');
      await cp(path.join(dir, 'small'), copy, { recursive: true });
      await mkdir(path.join(dir, 'nixpkgs'));
      await writeFile(path.join(dir, 'nixpkgs/default.nix'), nixpkgs);
      const file = path.join(copy, 'default.nix');
      // New in each run: for an output that the store has already, no machine builds anything.
      const text = (await readFile(file, 'utf8'))
        .replace(/aarch64-linux = "[^"]*"/, 'aarch64-linux = ""')
        .replace('version = "1.0";', `version = "1.0"; postInstall = ": ${randomUUID()}";`);
      await writeFile(file, text);
      const program = path.join(checkout, 'dist/cli.js');
      const env = { NIX_PATH: `nixpkgs=${dir}/nixpkgs:uv-fod=${checkout}/nix` };
      const args = [program, 'update', 'small', '--json'];
      const { code, stdout, stderr } = await run(process.execPath, args, { cwd: copy, env });
      expectCode(0, { code, stderr });
      const { built: found } = JSON.parse(stdout) as {
        built: { system: string; out: string; imported: { module: string }[]; machines: string[] }[];
      };
      const modules = [{ module: 'iniconfig' }, { module: 'six' }];
      expect(found).toMatchObject([
        { system: 'x86_64-linux', imported: modules },
        { system: 'aarch64-linux', imported: modules, machines: ['this machine'] },
      ]);
      expect(await machineOf(`${found[1]?.out}/bin/python`)).toBe(183);
    },
    5 * minutes,
  );

  test(
    'examples/workspace is built, and its program runs',
    async () => {
      const out = await example('workspace', 'app');
      expect(await inClosure(out, `${out}/bin/app`)).toEqual({
        ...{ code: 0, stderr: '' },
        stdout: 'Hello, workspace.\n',
      });
      // Everything that runs is of that system.
      for (const one of await closure([out])) {
        const files = await runText('find', [one, '-type', 'f', '-name', '*.so*']);
        for (const file of files.split('\n').filter((name) => /\.so(\.|$)/.test(name)))
          expect([file, await machineOf(file)]).toEqual([file, 183]);
      }
    },
    5 * minutes,
  );
});
