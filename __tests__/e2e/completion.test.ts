import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { run } from '../support/nix/run.ts';
import { checkout } from '../support/runner/runner.ts';

// What somebody gets who types `uv-fod`, a few letters and TAB, in the shells themselves, with the
// scripts that `complete` prints. bash is in the unit ring; Debian has no PowerShell.
const minutes = 60_000;
let dir: string;
let env: Record<string, string>;

beforeAll(async () => {
  dir = await mkdtemp(path.join(tmpdir(), 'completion-'));
  await mkdir(path.join(dir, 'bin'));
  const program = `#!/bin/sh\nexec '${process.execPath}' '${path.join(checkout, 'dist/cli.js')}' "$@"\n`;
  await writeFile(path.join(dir, 'bin/uv-fod'), program, { mode: 0o755 });
  await mkdir(path.join(dir, '.github'));
  await writeFile(
    path.join(dir, '.github/uv-fod.toml'),
    '[[package]]\nattribute = "packages.backend"\nname = "backend"\n',
  );
  env = { HOME: dir, PATH: `${path.join(dir, 'bin')}:${process.env.PATH}`, TERM: 'xterm' };
});
afterAll(() => rm(dir, { recursive: true, force: true }));

const shell = async (program: string, ...args: string[]): Promise<string> => {
  const { code, stdout, stderr } = await run('timeout', ['60', program, ...args], { cwd: dir, env });
  expect({ code, stderr: code === 0 ? '' : stderr }).toEqual({ code: 0, stderr: '' });
  return stdout;
};

describe('fish', () => {
  /** What fish offers for a line, without descriptions. */
  const offered = async (line: string): Promise<string[]> => {
    const asked = `source (uv-fod complete fish | psub); complete --do-complete '${line}'`;
    const lines = (await shell('fish', '--no-config', '--command', asked)).split('\n');
    return lines.map((one) => one.split('\t')[0] ?? '').filter((word) => word !== '');
  };

  test.each([
    ['a command', 'uv-fod up', ['update']],
    ['an option', 'uv-fod update --dry', ['--dry-run']],
    ['the choices of one', 'uv-fod init --use ', ['check', 'two-jobs', 'update', 'updater']],
    ['a package of the configuration', 'uv-fod check b', ['backend']],
  ])('completes %s', async (_, line, words) => expect((await offered(line)).sort()).toEqual(words), minutes);
});

describe('zsh', () => {
  /**
   * A zsh with its line editor, at a pseudo-terminal of another one: types, and waits until the
   * line reads as it should.
   */
  const typed = (...steps: (readonly [keys: string, shows: string])[]): string =>
    [
      'zmodload zsh/zpty; zpty z zsh -f -i',
      // As docs/cli.md has it; the prompt is not in the line that sets it.
      `zpty -w z "PS1='REA''DY'; autoload -Uz compinit; compinit -u -d dump; source _uv-fod"`,
      "zpty -r -m z seen '*READY*'",
      ...steps.map(
        ([keys, shows]) => `zpty -w -n z $'${keys}'; zpty -r -m z seen '*${shows}*'; print -r -- "$seen"`,
      ),
      'zpty -d z',
    ].join('\n');

  test(
    'completes a command, an option and a package of the configuration',
    async () => {
      await shell('sh', '-c', 'uv-fod complete zsh >_uv-fod');
      const shown = await shell(
        'zsh',
        '-f',
        '-c',
        typed(['uv-fod up\\t', 'uv-fod update'], ['--dry\\t', '--dry-run'], ['b\\t', 'backend']),
      );
      expect(shown).toMatch(/uv-fod update[\s\S]*--dry-run[\s\S]*backend/);
    },
    minutes,
  );
});
