import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { stringify } from 'smol-toml';
import type { CheckHost } from '../fetch/host-policy.ts';
import { UserError } from '../system/errors.ts';
import { inFolder } from '../system/files.ts';
import { readBytes } from '../system/read-bytes.ts';
import { noSuchProgram } from '../system/run.ts';
import { toolMissing } from '../system/tools.ts';
import { loadProject, type Project } from '../uv/lock/project.ts';
import type { TomlTable } from '../uv/lock/toml.ts';
import type { Artifact } from '../uv/plan/artifact.ts';
import { planProject } from '../uv/plan/plan.ts';
import type { Selection } from '../uv/plan/selection.ts';
import type { Target } from '../uv/plan/target.ts';
import { causesOf } from '../uv/reason.ts';
import { indexAddresses, referenceOf, requirementsOf } from './requirement.ts';
import type { SourceReader } from './sources.ts';

/** The build requirements to resolve. */
interface Resolution {
  /** All requirements of one build. */
  readonly requires: readonly string[];
  /** Pins packages that the output builds to its versions; dropped if uv cannot meet them. */
  readonly constraints: readonly string[];
  /** The project whose settings apply: indexes, dates and build constraints. */
  readonly project: Pick<Project, 'settings'>;
  readonly label: string;
}

const everything: Selection = {
  packages: [],
  allPackages: false,
  extras: [],
  groups: [],
  defaultGroups: false,
};
const name = 'uv-fod-build-environment';

/**
 * Resolves one build's requirements with uv, as the dependencies of a temporary project, and plans
 * the resulting lock for each target. uv runs with `--no-build`, since build backends are untrusted
 * code.
 *
 * @returns the artifacts of each target, in the order of `targets`
 * @throws UserError `build-requirements`
 */
export async function resolveRequires(
  resolution: Resolution,
  targets: readonly Target[],
  reader: Pick<SourceReader, 'scratch' | 'contact' | 'checkHost' | 'uvLogins'>,
): Promise<Artifact[][]> {
  if (resolution.requires.length === 0) return targets.map(() => []);
  const { scratch, checkHost } = reader;
  if (checkHost) await checkAddresses(resolution, checkHost);
  return inFolder(path.join(scratch, 'requires-'), async (dir) => {
    await lockRequires(resolution, targets, dir, reader);
    const locked = await loadProject(dir, readText);
    const project: Project = {
      ...locked,
      settings: { ...resolution.project.settings, noBuild: { all: false, names: new Set() } },
    };
    const planned = targets.map((target) =>
      planProject(project, target, everything).filter((artifact) => artifact.name !== name),
    );
    // An index can link to any address, which Nix would fetch.
    for (const { url, filename } of planned.flat())
      if (url !== undefined) await checkHost?.(url, filename ?? `A build requirement of ${resolution.label}`);
    return planned;
  });
}

const readText = (file: string): Promise<string | undefined> =>
  readBytes(file, 32 << 20).then((bytes) => bytes?.toString());

async function lockRequires(
  resolution: Resolution,
  targets: readonly Target[],
  dir: string,
  { contact, uvLogins }: Pick<SourceReader, 'contact' | 'uvLogins'>,
): Promise<void> {
  const settings = path.join(dir, 'uv.toml');
  await writeFile(settings, uvToml(resolution.project.settings.table));
  // With this option uv ignores configuration of the user, the system and parent folders.
  const alone = ['--config-file', settings];
  const env = (await uvLogins?.(resolution.project.settings.table)) ?? {};
  const attempt = async (constraints: readonly string[]) => {
    await writeFile(path.join(dir, 'pyproject.toml'), pyproject(resolution, targets, constraints));
    const args = ['lock', '--quiet', '--no-progress', '--no-build', ...alone, '--directory', dir];
    return contact('uv', args, { env });
  };
  let result = await attempt(resolution.constraints);
  // A build may pin another version than the output's.
  if (result.code !== 0 && resolution.constraints.length > 0) result = await attempt([]);
  if (result.code === 0) return;
  if (result.code === noSuchProgram) throw toolMissing('uv');
  throw unresolved(resolution, result.stderr);
}

function unresolved({ label, requires }: Resolution, stderr: string): UserError {
  const causes = causesOf(stderr);
  const of = `${label} (${requires.join(', ')})`;
  const address = /https?:\/\/[^\s`)]+/.exec(causes[0] ?? '')?.[0];
  if (/^(?:Failed to (?:fetch|download)|error sending request|Request failed)/.test(causes[0] ?? ''))
    return new UserError(
      'build-requirements',
      `${causes.at(-1)}: uv can't fetch the build requirements of ${of}${address === undefined ? '' : ` from ${address}`}. Check that this machine can reach the index, and run this again.`,
    );
  return new UserError(
    'build-requirements',
    `uv can't resolve the build requirements of ${of}: ${causes.join(' ').slice(0, 600)}. Pin what is missing with build-constraint-dependencies or extra-build-dependencies in [tool.uv].`,
    { log: stderr },
  );
}

/** Approves the addresses and paths of requirements, constraints and indexes. */
async function checkAddresses(resolution: Resolution, checkHost: CheckHost): Promise<void> {
  const { requires, constraints, project, label } = resolution;
  const settings = project.settings.table;
  const requirements = [...requires, ...constraints, ...requirementsOf(settings[buildConstraints])];
  const references = requirements.flatMap((text) => referenceOf(text) ?? []);
  for (const address of [...references, ...indexAddresses(settings)])
    await checkHost(address, `A build requirement of ${label}`);
}

const buildConstraints = 'build-constraint-dependencies';

/** Settings that determine indexes and versions. */
const inherited = [
  'index',
  'index-url',
  'extra-index-url',
  'find-links',
  'index-strategy',
  'no-index',
  'exclude-newer',
  'exclude-newer-package',
  'prerelease',
];

function pyproject(
  resolution: Resolution,
  targets: readonly Target[],
  constraints: readonly string[],
): string {
  const { project, requires } = resolution;
  const [major, minor] = (targets[0]?.python ?? '3.14.0').split('.');
  const own = requirementsOf(project.settings.table[buildConstraints]);
  return stringify({
    project: { name, version: '0', 'requires-python': `==${major}.${minor}.*`, dependencies: [...requires] },
    tool: {
      uv: {
        package: false,
        'constraint-dependencies': [...constraints, ...own],
      },
    },
  });
}

const uvToml = (settings: TomlTable): string =>
  stringify(
    Object.fromEntries(inherited.filter((key) => key in settings).map((key) => [key, settings[key]])),
  );
