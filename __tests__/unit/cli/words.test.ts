import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, test } from '@jest/globals';
import type { Command } from 'commander';
import { parse } from 'yaml';
import { exitCodes } from '../../../src/cli/exit-codes.ts';
import { exitCodes as checkCodes } from '../../../src/update/statuses.ts';
import { checkout } from '../../support/runner/runner.ts';
import { declared } from './support.ts';

// The command line and the Action's inputs say the same words; docs/cli.md has the table of them.
const read = (file: string): Promise<string> => readFile(path.join(checkout, file), 'utf8');
const { inputs } = parse(await read('action.yml')) as { inputs: Record<string, unknown> };
const page = await read('docs/cli.md');
const [, table = ''] = /\| input \| command line \|\n\|---\|---\|\n((?:\|.*\|\n)+)/.exec(page) ?? [];
const rows = new Map(
  [...table.matchAll(/^\| `([a-z-]+)` \| (.+) \|$/gm)].map(([, input = '', cell = '']) => [input, cell]),
);
const optionsOf = (command: Command): string[] =>
  command.options.map(({ long = '' }) => long).filter((long) => !long.startsWith('--no-'));
const commandOf = (name: string): Command => {
  const found = declared().commands.find((command) => command.name() === name);
  if (!found) throw new Error(`there is no command ${name}`);
  return found;
};

/** Of the pull request, and of two jobs: nothing that a person's command line does. */
const actionOnly = [
  ...['token', 'forge', 'base', 'branch', 'title', 'body', 'commit-message', 'labels', 'reviewers'],
  ...[
    'assignees',
    'milestone',
    'draft',
    'auto-merge',
    'pull-request',
    'fail-after-push',
    'compute-workflow',
    'forks',
    'commit-status',
    'result',
    'allow-unsandboxed',
    'cache',
  ],
];

describe('words', () => {
  test('every input is in the table, or is the Action’s alone', () => {
    expect([...rows.keys(), ...actionOnly].sort()).toEqual(Object.keys(inputs).sort());
  });

  test('an input with an option has one of its own name', () => {
    const options = optionsOf(commandOf('update'));
    const withOption = [...rows].filter(([, cell]) => cell.includes('`--'));
    expect(withOption.length).toBeGreaterThan(8);
    for (const [input, cell] of withOption) {
      expect(cell).toMatch(new RegExp(`^\`--${input}\``));
      expect(options).toContain(`--${input}`);
    }
    expect(commandOf('update').registeredArguments.map((one) => one.name())).toEqual(['attribute']);
  });

  test.each(['update', 'check', 'lock'])('%s: an option is an input, or a person’s alone', (name) => {
    const own = ['--version', '--upgrade', '--dry-run', '--quiet', '--verbose', '--json'];
    const others = optionsOf(commandOf(name)).filter((option) => !own.includes(option));
    expect(others.filter((option) => !rows.has(option.slice(2)))).toEqual([]);
  });

  test('update verifies unless it is asked not to', () => {
    const update = commandOf('update');
    expect(update.opts()).toMatchObject({ verify: true });
    update.parseOptions(['--no-verify']);
    expect(update.opts()).toMatchObject({ verify: false });
  });

  test('what reports can do so for a program', () => {
    for (const command of declared().commands) expect(optionsOf(command)).toContain('--json');
  });
});

describe('docs/cli.md', () => {
  test('has a part for every command, with its help', () => {
    const names = declared().commands.map((command) => command.name());
    expect([...page.matchAll(/^<!-- help of (\w+) -->$/gm)].map(([, name = '']) => name).sort()).toEqual(
      names.sort(),
    );
    for (const name of names) expect(page).toContain(`## ${name}\n`);
  });

  test('has every exit code of a check', () => {
    for (const [status, code] of Object.entries(checkCodes).filter(([, one]) => one !== 0))
      expect(exitCodes).toContainEqual(expect.objectContaining({ code, name: status }));
    expect(new Set(exitCodes.map(({ code }) => code)).size).toBe(exitCodes.length);
  });
});
