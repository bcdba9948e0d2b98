// biome-ignore-all lint/suspicious/noTemplateCurlyInString: the shell's variables
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals';
import { run } from '../../support/nix/run.ts';
import { uvFod } from '../../unit/cli/support.ts';
import { HEADER, registryPackage, rootPackage } from '../../unit/uv/lock/support.ts';

// Each test starts several processes.
jest.setTimeout(60_000);

// What a shell and a terminal get to see of the command line, run from its sources.
const colour = '\u001b';
let dir: string;
beforeAll(async () => {
  dir = await mkdtemp(path.join(tmpdir(), 'cli-'));
  await writeFile(path.join(dir, 'uv.lock'), HEADER + rootPackage('{ name = "a" }') + registryPackage('a'));
  await writeFile(path.join(dir, 'pyproject.toml'), '[project]\nname = "root"\nversion = "0"\n');
  await mkdir(path.join(dir, '.github'));
  const config = ['backend', 'web'].map(
    (name) => `[[package]]\nattribute = "packages.${name}"\nname = "${name}"\n`,
  );
  await writeFile(path.join(dir, '.github/uv-fod.toml'), config.join('\n'));
});
afterAll(() => rm(dir, { recursive: true, force: true }));

describe('colours', () => {
  test.each([
    ['none into a pipe', {}, false],
    ['where FORCE_COLOR asks for them', { FORCE_COLOR: '1', NO_COLOR: '' }, true],
    ['none where NO_COLOR is set', { NO_COLOR: '1' }, false],
  ])('%s', async (_, env, isColoured) => {
    const plan = await uvFod(['plan'], dir, env);
    expect([plan.code, plan.stdout.includes(colour)]).toEqual([0, isColoured]);
    const failed = await uvFod(['plan', '--lock', 'gone'], dir, env);
    expect([failed.code, failed.stderr.includes(colour)]).toEqual([1, isColoured]);
    const help = await uvFod(['plan', '--help'], dir, env);
    expect([help.code, help.stdout.includes(colour)]).toEqual([0, isColoured]);
    const json = await uvFod(['plan', '--json'], dir, env);
    expect(json.stdout).not.toContain(colour);
  });
});

describe('completion', () => {
  const complete = async (...words: string[]): Promise<string[]> => {
    const { code, stdout } = await uvFod(['complete', '--', ...words], dir);
    expect(code).toBe(0);
    return stdout
      .split('\n')
      .map((line) => line.split('\t')[0] ?? '')
      .filter((word) => word !== '' && !word.startsWith(':'));
  };

  test('of commands, options, choices and packages', async () => {
    expect(await complete('')).toEqual(expect.arrayContaining(['plan', 'check', 'update', 'init']));
    expect(await complete('check', '--')).toEqual(expect.arrayContaining(['--file', '--json']));
    expect(await complete('init', '--use', '')).toEqual(['update', 'updater', 'check', 'two-jobs']);
    expect(await complete('check', '')).toEqual(['backend', 'web']);
    expect(await complete('check', 'w')).toEqual(['web']);
  });

  test.each(['bash', 'zsh', 'fish', 'powershell'])('a script for %s', async (shell) => {
    const { code, stdout } = await uvFod(['complete', shell], dir);
    expect(code).toBe(0);
    expect(stdout).toContain('uv-fod');
  });

  test('bash completes by it', async () => {
    const { stdout: script } = await uvFod(['complete', 'bash'], dir);
    // What bash-completion gives: the words, with the one at the cursor.
    const words = '_get_comp_words_by_ref() { cur="$WORD"; prev=uv-fod; words=(uv-fod "$WORD"); cword=1; }';
    const cli = path.resolve('src/cli.ts');
    const program = `uv-fod() { "${process.execPath}" "${cli}" "$@"; }; compopt() { :; }`;
    const asked = 'WORD=pl; COMP_WORDS=(uv-fod pl); COMP_CWORD=1; __uv_fod_complete; echo "${COMPREPLY[*]}"';
    const { code, stdout } = await run('bash', ['-c', `${words}\n${program}\n${script}\n${asked}`], {
      cwd: dir,
    });
    expect([code, stdout.trim().split(/\s+/)[0]]).toEqual([0, 'plan']);
  });

  test('a shell that nobody knows is asked for in a way that makes no sense', async () => {
    const { code, stderr } = await uvFod(['complete', 'tcsh'], dir);
    expect([code, stderr]).toEqual([2, expect.stringContaining('zsh, bash, fish')]);
  });
});
