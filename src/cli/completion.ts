import { readFileSync } from 'node:fs';
import path from 'node:path';
import tab from '@bomb.sh/tab/commander';
import type { Command } from 'commander';
import { parseConfig } from '../config/parse.ts';

/** Adds `complete`, which prints a shell's completion script and answers its requests. */
export function addCompletion(program: Command): void {
  const root = tab(program);
  for (const [, command] of root.commands) {
    const attribute = command.arguments.get('attribute');
    if (!attribute) continue;
    attribute.handler = (complete) => {
      for (const { name, attribute: path } of packagesHere()) complete(name, path);
    };
  }
}

/**
 * Packages of the configuration in this folder; its mistakes are not reported during completion.
 */
function packagesHere(): readonly { readonly name: string; readonly attribute: string }[] {
  try {
    const file = path.resolve('.github/uv-fod.toml');
    return parseConfig(readFileSync(file, 'utf8'), file).packages;
  } catch {
    return [];
  }
}
