import path from 'node:path';
import type { Command } from 'commander';
import { makeProgram } from '../../../src/cli/program.ts';
import { type Outcome, run } from '../../support/nix/run.ts';
import { checkout } from '../../support/runner/runner.ts';

const unused = (): never => {
  throw new Error('declaring a command uses nothing');
};
/** The commands as they are declared; none of them is run. */
export const declared = (): Command =>
  makeProgram({
    ...{ stdout: unused, stderr: unused, paint: unused, exit: unused, context: unused },
    ...{ hashTools: unused, finders: unused, example: unused, version: '0', clone: '/', ask: undefined },
  });

/** Runs the command line from its sources, as a process. */
export const uvFod = (
  args: readonly string[],
  cwd: string,
  env: Readonly<Record<string, string>> = {},
): Promise<Outcome> => run(process.execPath, [path.join(checkout, 'src/cli.ts'), ...args], { cwd, env });
