import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Command } from 'commander';
import { whereFrom } from '../derivation/where.ts';
import type { Io } from './io.ts';
import { addNixOptions, type NixOptions, nixRoot } from './nix-options.ts';
import type { Effects } from './update.ts';

interface CheckOptions extends NixOptions {
  readonly attribute: string;
  readonly verbose: boolean;
  readonly json: boolean;
}

/** Adds `check`: whether a derivation is what its uv.lock asks for. */
export function registerCheck(
  program: Command,
  io: Io,
  effects: Effects,
  exit: (code: number) => void,
): void {
  addNixOptions(program.command('check'))
    .description('find out whether a derivation is what its uv.lock asks for, and change nothing')
    .argument('<attribute>', 'attribute of the derivation, e.g. authentik-django')
    .option('--verbose', 'show what the programs that run print', false)
    .option('--json', 'machine-readable', false)
    .addHelpText(
      'after',
      '\nExit codes: 0 current, 3 stale, 4 not reproducible, 5 cannot fetch, 6 does not build, 7 does not import.\n',
    )
    .action(async (attribute: string, options: CheckOptions) =>
      exit(await runCheck({ ...options, attribute }, io, effects)),
    );
}

async function runCheck(options: CheckOptions, io: Io, effects: Effects): Promise<number> {
  const { checkStatus, exitCodes } = await import('../update/status.ts');
  const scratch = await mkdtemp(path.join(tmpdir(), 'uv-fod-'));
  try {
    const parts = await effects.parts(scratch, options.verbose);
    const where = await whereFrom(process.cwd(), nixRoot(options), options.attribute, parts.run);
    const checked = await checkStatus(where, process.cwd(), parts);
    const { status, message, patch, notChecked } = checked;
    const told = [`${status}: ${message}`, patch, ...notChecked.map((one) => `not checked: ${one}`)].filter(
      (part) => part !== '',
    );
    io.stdout(options.json ? `${JSON.stringify(checked, null, 2)}\n` : `${told.join('\n')}\n`);
    return exitCodes[status];
  } finally {
    await rm(scratch, { recursive: true, force: true });
  }
}
