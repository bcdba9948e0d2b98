import { parse as parseToml } from 'smol-toml';
import { parse as parseYaml } from 'yaml';
import type { Block } from './pages.ts';

/**
 * What holds a block of the docs:
 * - `session`: commands, run in order with the others of their page, in the machine
 *   (e2e/docs.test.ts);
 * - `repository`: commands of this repository itself, each of which is there
 *   (unit/docs/blocks.test.ts);
 * - `workflow`, `steps`: linted by actionlint and zizmor (workflows/docs.test.ts);
 * - `nix`: read by Nix, and written to a file where it names one (e2e/docs.test.ts);
 * - `configuration`, `pyproject`, `dependabot`, `json`: read by who reads it
 *   (unit/docs/blocks.test.ts);
 * - `output`: what a program or a person sees.
 */
export type Rule =
  | 'session'
  | 'repository'
  | 'workflow'
  | 'steps'
  | 'nix'
  | 'configuration'
  | 'pyproject'
  | 'dependabot'
  | 'json'
  | 'output';

/** @returns undefined where nothing holds the block, which a test does not let pass */
export function ruleOf(block: Block): Rule | undefined {
  return rules[block.language]?.(block);
}

const rules: Readonly<Record<string, (block: Block) => Rule | undefined>> = {
  sh: ({ text }) => (isOfRepository(text) ? 'repository' : 'session'),
  yaml: ({ text }) => yamlRule(text),
  toml: ({ text }) => tomlRule(text),
  nix: () => 'nix',
  json: () => 'json',
  text: () => 'output',
  diff: () => 'output',
};

/** Each command without its comment. */
export const commandsOf = (text: string): string[] =>
  text
    .split('\n')
    .map((line) => line.replace(/(^|\s)#.*$/, '').trim())
    .filter((line) => line !== '');

/** A command without the variables that are set for it. */
export const programOf = (command: string): string => command.replace(/^(?:[A-Z_]+=\S*\s+)+/, '');

const isOfRepository = (text: string): boolean => {
  const commands = commandsOf(text);
  return (
    commands.length > 0 &&
    commands.every((one) => /^(script\/|npm run |node (script|__tests__)\/)/.test(programOf(one)))
  );
};

function yamlRule(text: string): Rule | undefined {
  const value: unknown = parseYaml(text);
  if (Array.isArray(value)) return 'steps';
  if (typeof value !== 'object' || value === null) return undefined;
  if ('jobs' in value) return 'workflow';
  return 'updates' in value ? 'dependabot' : undefined;
}

function tomlRule(text: string): Rule | undefined {
  const value = parseToml(text);
  return 'project' in value || 'tool' in value ? 'pyproject' : 'configuration';
}
