import { patchText } from '../../nix/edit.ts';
import type { CliContext } from '../context.ts';
import { paintDiff } from '../output.ts';
import { configPath, type Decided, packageText } from './decide.ts';
import type { FilePlan } from './files.ts';
import type { LeftOut } from './search.ts';

export interface Result extends FilePlan, Decided {
  readonly leftOut: readonly LeftOut[];
  /** Why `update` would stop, by package. */
  readonly problems: readonly Message[];
  /** Result of the updater's search for releases, by package. */
  readonly releases: readonly Message[];
  readonly warnings: readonly string[];
  /** Packages that are missing in a configuration that is kept. */
  readonly missing: Decided['packages'];
  /** Packages of the configuration whose hashes or build locks do not match `uv.lock` yet. */
  readonly stale: readonly string[];
  readonly action: string;
  readonly locks: readonly string[];
  readonly dryRun: boolean;
}

interface Message {
  readonly name: string;
  readonly message: string;
}

/** Describes what `init` found and wrote. */
export function describe(result: Result, cli: CliContext): string {
  const { write, dryRun } = result;
  const lines = [...foundLines(result, cli), ...keptLines(result)];
  if (dryRun) {
    lines.push(...write.map(({ path: name }) => `would write ${name}`));
    const edits = write.map(({ path: name, before, text }) => ({ file: `/${name}`, before, after: text }));
    return `${lines.join('\n')}\n${paintDiff(patchText(edits, '/'), cli)}`;
  }
  lines.push(...write.map(({ path: name }) => `wrote ${cli.paint('good', name)}`));
  return `${[...lines, '', 'Next:', ...nextLines(result)].join('\n')}\n`;
}

const kindTexts: Readonly<Record<Decided['packages'][number]['kind'], string>> = {
  ...{ fetchUvDeps: '', own: ', with a fixed-output derivation of its own' },
  'fixed-output': ', a fixed-output derivation',
};

function foundLines(
  { packages, leftOut, locks, kept, problems, releases, warnings }: Result,
  cli: CliContext,
): string[] {
  const lines = packages.map(
    ({ name, systems, kind, dependencies, hash }) =>
      `${cli.paint('heading', name)}${systems.length > 0 ? ` for ${systems.join(' and ')}` : ''}${kindTexts[kind]}${dependencies === undefined ? '' : ` (${dependencies})`}${hash === '' ? '' : `; its hash: ${hash}`}`,
  );
  lines.push(
    ...leftOut.map(({ name, why }) => `left out ${name}: ${why}`),
    locks.length > 0
      ? `locks: ${locks.join(', ')}`
      : 'no uv.lock in the repository: it is in a fetched source, or create it with `uv lock`',
  );
  const grouped = packages.filter(({ group }) => group !== undefined && !kept.includes(configPath));
  for (const [group = '', members] of Map.groupBy(grouped, (one) => one.group))
    lines.push(
      `group ${group}: ${members.map(({ name }) => name).join(', ')} have one uv.lock, so one pull request (--no-group: one each)`,
    );
  lines.push(
    ...problems.map(({ name, message }) => `${cli.paint('bad', `${name} can't be updated yet`)}: ${message}`),
    ...releases.map(({ name, message }) => `releases of ${name}: ${message}`),
    ...warnings.map((one) => `${cli.paint('warning', 'warning')}: ${one}`),
  );
  return lines;
}

function keptLines({ kept, missing }: Result): string[] {
  const lines = kept.map((name) => `kept ${name}`);
  if (missing.length === 0) return lines;
  const names = missing.map(({ name }) => name).join(', ');
  const text = missing.map((one) => packageText(one).trimEnd()).join('\n\n');
  const what = missing.length > 1 ? 'are not in it. Add them' : 'is not in it. Add it';
  return [...lines, `${names} ${what} to ${configPath}:`, '', text, ''];
}

function nextLines({ use, forge, packages, missing, kept, stale, problems, action }: Result): string[] {
  const lines: string[] = [];
  const isKept = kept.includes(configPath);
  if (missing.length > 0) lines.push(`  - add to ${configPath} what is listed above`);
  if (problems.length > 0)
    lines.push(`  - fix what is listed above, and run \`uv-fod init\` again to try it`);
  if (use === 'updater' && !isKept && packages.some(({ releases }) => !releases))
    lines.push(`  - set in ${configPath} where the releases are (docs/configuration.md)`);
  if (use === 'updater' && !isKept)
    lines.push(
      "  - if the version or the source's hash is in another file than the package, name it there: version-files, source-hash (docs/configuration.md)",
    );
  if (stale.length > 0) {
    const locks = stale.length > 1 ? 'build locks' : 'build lock';
    lines.push(`  - run \`uv-fod update\`, which fills in the hashes and writes the ${locks}`);
  }
  lines.push(`  - review uv-fod at ${action}, commit all of it, and push`);
  if (forge === 'github' && use !== 'check')
    lines.push(
      '  - once: Settings → Actions → General → Allow GitHub Actions to create and approve pull requests',
    );
  return lines;
}
