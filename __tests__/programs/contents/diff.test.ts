import { copyFile, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, test } from '@jest/globals';
import { runText } from '../../support/nix/run.ts';
import { uvFod } from '../../support/scenario/small-project.ts';

// Real wheels of the real index, in locks that uv makes.
const project = (version: string): string =>
  `[project]\nname = "small"\nversion = "1.0"\nrequires-python = ">=3.14"\ndependencies = ["coverage==${version}"]\n`;

interface Contents {
  readonly packages: {
    readonly name: string;
    readonly before?: string;
    readonly after: string;
    readonly changes: { readonly kind: string; readonly what: string; readonly change: string }[];
  }[];
}

test('coverage 7.13.0 brings a .pth file that runs code, which 7.9.2 does not have', async () => {
  const dir = await mkdtemp(path.join(tmpdir(), 'contents-'));
  try {
    const lock = async (version: string): Promise<void> => {
      await writeFile(path.join(dir, 'pyproject.toml'), project(version));
      await runText('uv', ['lock', '--quiet', '--python', 'python3.14'], { cwd: dir });
    };
    await lock('7.9.2');
    await copyFile(path.join(dir, 'uv.lock'), path.join(dir, 'old.lock'));
    await lock('7.13.0');
    const args = ['diff', 'old.lock', 'uv.lock', '--contents', '--python', '3.14.0', '--json'];
    const { code, stdout, stderr } = await uvFod(args, dir);
    expect({ code, stderr: code === 0 ? '' : stderr }).toEqual({ code: 0, stderr: '' });
    const { contents } = JSON.parse(stdout) as { contents: Contents };
    expect(contents.packages).toMatchObject([{ name: 'coverage', before: '7.9.2', after: '7.13.0' }]);
    const startup = contents.packages[0]?.changes.filter(({ kind }) => kind === 'startup-code');
    expect(startup).toEqual([
      expect.objectContaining({ change: 'added', what: expect.stringMatching(/\.pth$/) }),
    ]);
  } finally {
    await rm(dir, { recursive: true, force: true });
  }
}, 120_000);
