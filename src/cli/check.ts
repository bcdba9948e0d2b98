import type { Command } from 'commander';
import { jsonText, printable } from '../system/printable.ts';
import type { PackageCheck } from '../update/check-packages.ts';
import { paintDiff } from './diff-text.ts';
import type { Effects } from './effects.ts';
import { addExamples } from './examples.ts';
import { FAILED } from './exit-codes.ts';
import type { Io } from './io.ts';
import { addPackageOptions, addReportOptions } from './package-options.ts';
import type { PackageOptions } from './session.ts';

interface CheckFlags extends PackageOptions {
  readonly json: boolean;
}

/** Adds `check`: compares derivations with their uv.lock. */
export function registerCheck(program: Command, io: Io, effects: Effects): void {
  const command = addReportOptions(addPackageOptions(program.command('check')))
    .description('check whether a derivation is up to date with its uv.lock, and change nothing')
    .action((attribute: string | undefined, options: Omit<CheckFlags, 'attribute'>) =>
      runCheck({ ...options, attribute }, io, effects),
    );
  addExamples(command, [
    ['uv-fod check', 'all packages of the configuration; the exit code is that of the worst'],
    ['uv-fod check authentik-django', 'one attribute of default.nix'],
    ['uv-fod check authentik-django --json', 'the same as JSON'],
  ]);
  command.addHelpText(
    'after',
    '\nExit codes: 0 current, 3 stale, 4 not reproducible, 5 cannot fetch, 6 does not build, 7 does not import.',
  );
}

async function runCheck(options: CheckFlags, io: Io, effects: Effects): Promise<void> {
  const [{ withSession }, { checkPackages, worstOf }, { exitCodes }] = await Promise.all([
    import('./session.ts'),
    import('../update/check-packages.ts'),
    import('../update/outcomes.ts'),
  ]);
  await withSession(options, effects, async ({ parts, root, groups, derivationOf }) => {
    const packages = groups.flatMap((group) => group.packages);
    const checks = await checkPackages(packages, root, derivationOf, parts);
    const status = worstOf(checks);
    const [only] = checks;
    // A package that was named on the command line fails as any command does.
    if (options.attribute !== undefined && only?.error) throw only.error;
    const isOne = options.attribute !== undefined && checks.length === 1;
    if (options.json) {
      const results = checks.map(asJson);
      io.stdout(`${jsonText(isOne ? results[0] : { status, results }, 2)}\n`);
    } else for (const check of checks) io.stdout(describe(check, isOne ? '' : `${check.name}: `, io));
    const hasFailed = status === undefined || checks.some(({ error }) => error !== undefined);
    effects.exit(hasFailed ? FAILED : exitCodes[status]);
  });
}

function asJson({ name, checked, error }: PackageCheck): object {
  if (error) return { name, status: 'error', error: error.code, message: error.message };
  const { edits: _, log: __, ...rest } = checked;
  return { name, ...rest };
}

function describe({ checked, error }: PackageCheck, prefix: string, io: Io): string {
  if (error) return `${prefix}${io.paint('bad', 'error')}: ${printable(error.message)}\n`;
  const { status, message, patch, notChecked } = checked;
  const tone = status === 'current' ? 'good' : status === 'stale' ? 'warning' : 'bad';
  const lines = [`${prefix}${io.paint(tone, status)}: ${message}`, paintDiff(patch, io)];
  lines.push(...notChecked.map((one) => io.paint('faint', `not checked: ${one}`)));
  return `${lines.filter((part) => part !== '').join('\n')}\n`;
}
