import type { Command } from 'commander';
import { usualPolicy } from '../config/policy.ts';
import { jsonText, printable } from '../system/printable.ts';
import { checkPackages, type PackageCheck, worstOf } from '../update/check.ts';
import { exitCodes, type Status } from '../update/statuses.ts';
import type { CliContext } from './context.ts';
import { FAILED } from './exit-codes.ts';
import {
  addChoiceOptions,
  addExamples,
  addPackageOptions,
  isNamed,
  type PackageOptions,
  withAttributes,
} from './options.ts';
import { errorFields, paintDiff, quotedLog } from './output.ts';
import { withSession } from './session.ts';

/** Adds `check`: compares derivations with their uv.lock. */
export function registerCheck(program: Command, cli: CliContext): void {
  const command = addChoiceOptions(addPackageOptions(program.command('check')))
    .description('check whether a derivation is up to date with its uv.lock, and change nothing')
    .action((attributes: string[], options: Omit<PackageOptions, 'attributes'>) =>
      runCheck({ ...withAttributes(attributes, options), command: 'check' }, cli),
    );
  addExamples(command, [
    ['uv-fod check', 'all packages of the configuration; the exit code is that of the worst'],
    ['uv-fod check authentik-django', 'one attribute of default.nix'],
    ['uv-fod check authentik-django --json', 'the same as JSON'],
  ]);
  command.addHelpText(
    'after',
    '\nExit codes: 0 current, 9 policy, 3 stale, 4 not reproducible, 5 cannot fetch, 6 does not build, 7 does not import.',
  );
}

async function runCheck(options: PackageOptions, cli: CliContext): Promise<void> {
  await withSession(options, cli, async ({ context, root, config, groups, derivationOf }) => {
    const packages = groups.flatMap((group) => group.packages);
    const checks = await checkPackages(packages, root, derivationOf, config?.policy ?? usualPolicy, context);
    const status = worstOf(checks);
    const [only] = checks;
    const isOne = isNamed(options) && checks.length === 1;
    // If only one package was named on the command line, its error fails the command.
    if (isOne && only?.error) throw only.error;
    if (options.json) {
      const results = checks.map(asJson);
      cli.stdout(`${jsonText(isOne ? results[0] : { status, results }, 2)}\n`);
    } else
      for (const check of checks) {
        cli.stderr(quotedLog((check.error ?? check.checked).log));
        cli.stdout(describe(check, isOne ? '' : `${check.name}: `, cli));
      }
    const hasFailed = status === undefined || checks.some(({ error }) => error !== undefined);
    cli.exit(hasFailed ? FAILED : exitCodes[status]);
  });
}

function asJson({ name, checked, error }: PackageCheck): object {
  if (error) return { name, ...errorFields(error) };
  const { edits: _, log: __, described: ___, ...rest } = checked;
  return { name, ...rest };
}

/** Colours by status; a status that is not listed is bad. */
const tones: Partial<Record<Status, 'good' | 'warning'>> = {
  current: 'good',
  policy: 'warning',
  stale: 'warning',
  unverifiable: 'warning',
};

function describe({ checked, error }: PackageCheck, prefix: string, cli: CliContext): string {
  if (error) return `${prefix}${cli.paint('bad', 'error')}: ${printable(error.message)}\n`;
  const { status, message, patch, warnings, notChecked } = checked;
  const tone = tones[status] ?? 'bad';
  const lines = [`${prefix}${cli.paint(tone, status)}: ${message}`, paintDiff(patch, cli)];
  lines.push(...warnings.map((one) => `${cli.paint('warning', 'warning')}: ${printable(one)}`));
  lines.push(...notChecked.map((one) => cli.paint('faint', `not checked: ${one}`)));
  return `${lines.filter((part) => part !== '').join('\n')}\n`;
}
