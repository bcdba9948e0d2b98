import { spawn } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { checkout } from '../support/runner/runner.ts';
import { cloneOfUvFod } from '../support/scenario/clone.ts';
import { Repository } from '../support/scenario/repository.ts';
import { nixPath, writeSmall } from '../support/scenario/small.ts';

// The command line as a person at a real terminal has it (a pseudo-terminal of Python's): colours,
// and the questions of init.
const minutes = 60_000;
const colour = '\u001b[';
const down = '\u001b[B';
const terminal = 'import os,pty,sys; sys.exit(os.waitstatus_to_exitcode(pty.spawn(sys.argv[1:])))';
let dir: string;
let repository: Repository;
let clone: string;

beforeAll(async () => {
  dir = await mkdtemp(path.join(tmpdir(), 'terminal-'));
  repository = await Repository.create(dir);
  clone = await cloneOfUvFod(dir);
  await writeSmall(repository.work);
  await repository.push('A project');
}, minutes);
afterAll(() => rm(dir, { recursive: true, force: true }));

/** @param answers what is typed when a text appears, in this order */
async function atTerminal(
  args: readonly string[],
  answers: readonly (readonly [seen: string, typed: string])[] = [],
  env: Readonly<Record<string, string>> = {},
): Promise<{ code: number | null; shown: string }> {
  const program = [process.execPath, path.join(clone, 'dist/cli.js'), ...args];
  // A person has no CI, by which Node takes a terminal to be without colours, and nothing that
  // forces or forbids them.
  const { CI: _ci, FORCE_COLOR: _force, NO_COLOR: _none, ...person } = process.env;
  const child = spawn('python3', ['-c', terminal, ...program], {
    cwd: repository.work,
    env: { ...person, NIX_PATH: nixPath, TERM: 'xterm', ...env },
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const left = [...answers];
  let shown = '';
  child.stdout.on('data', (chunk: Buffer) => {
    shown += chunk.toString();
    const [next] = left;
    if (next === undefined || !shown.includes(next[0])) return;
    left.shift();
    child.stdin.write(next[1]);
  });
  const code = await new Promise<number | null>((resolve) => child.on('close', resolve));
  return { code, shown };
}

describe('at a terminal', () => {
  test(
    'there are colours, but with NO_COLOR',
    async () => {
      expect(await atTerminal(['plan'])).toMatchObject({ code: 0, shown: expect.stringContaining(colour) });
      const plain = await atTerminal(['plan'], [], { NO_COLOR: '1' });
      expect([plain.code, plain.shown.includes(colour)]).toEqual([0, false]);
    },
    minutes,
  );

  test(
    'init asks what it is for and where releases are, and writes that',
    async () => {
      const { code, shown } = await atTerminal(
        ['init'],
        [
          ['What is the workflow for?', `${down}\r`],
          ['GitHub repository of the releases of small', 'owner/small\r'],
          ['Pattern of its tags', '\r'],
        ],
      );
      expect({ code, shown: code === 0 ? '' : shown }).toEqual({ code: 0, shown: '' });
      const example = await readFile(path.join(checkout, 'examples/workflows/uv-fod.toml'), 'utf8');
      expect(await readFile(path.join(repository.work, '.github/uv-fod.toml'), 'utf8')).toBe(example);
      const workflow = path.join(repository.work, '.github/workflows/uv-fod-updater.yml');
      expect(await readFile(workflow, 'utf8')).toContain('schedule:');
    },
    minutes,
  );

  test(
    'Ctrl-C at a question writes nothing',
    async () => {
      await rm(path.join(repository.work, '.github'), { recursive: true, force: true });
      const { code, shown } = await atTerminal(['init'], [['What is the workflow for?', '\u0003']]);
      expect({ code, said: /nothing was written/i.test(shown) }).toEqual({ code: 130, said: true });
      await expect(readFile(path.join(repository.work, '.github/uv-fod.toml'))).rejects.toThrow('ENOENT');
    },
    minutes,
  );
});
