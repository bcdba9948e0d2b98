import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { stringify } from 'smol-toml';
import type { CheckHost } from '../system/check-host.ts';
import { UserError } from '../system/errors.ts';
import { readBytes } from '../system/read-bytes.ts';
import type { Run } from '../system/run.ts';
import { loadProject, type Project, type TomlTable } from '../uv/lock/index.ts';
import { type Artifact, planProject, type Selection, type Target } from '../uv/plan/index.ts';
import { indexesOf, referenceOf, requirementsOf } from './requirement.ts';

/** What build requirements are resolved under. */
export interface Resolution {
  /** Requirements of one build, as its pyproject.toml has them. */
  readonly requires: readonly string[];
  /** Pins that hold wherever they can: the output's own versions of what it builds from source. */
  readonly constraints: readonly string[];
  /** Uv's settings of the project: its indexes, dates and build constraints hold for build requirements as well. */
  readonly settings: TomlTable;
  readonly project: Project;
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
 * Resolves one build's requirements with uv, as a project of its own that depends on them and on nothing else, and plans
 * the resulting lock for each target. No source is built for it: uv is told to take metadata from files only, because a
 * build backend is untrusted code.
 *
 * @param run runs uv so that each address that it contacts is approved
 * @returns for each target its artifacts, in the order of `targets`
 * @throws UserError `build-requirements`
 */
export async function resolveRequires(
  resolution: Resolution,
  targets: readonly Target[],
  scratch: string,
  run: Run,
  checkHost?: CheckHost,
): Promise<Artifact[][]> {
  if (resolution.requires.length === 0) return targets.map(() => []);
  if (checkHost) await checkAddresses(resolution, checkHost);
  const dir = await mkdtemp(path.join(scratch, 'requires-'));
  try {
    await lockRequires(resolution, targets, dir, run);
    const locked = await loadProject(dir, readText);
    const project: Project = {
      ...locked,
      settings: { ...resolution.project.settings, noBuild: { kind: 'none' } },
    };
    const planned = targets.map((target) =>
      planProject(project, target, everything).filter((artifact) => artifact.name !== name),
    );
    // What an index's page links to is for Nix to fetch.
    for (const { url, filename } of planned.flat())
      if (url !== undefined) await checkHost?.(url, filename ?? `A build requirement of ${resolution.label}`);
    return planned;
  } finally {
    await rm(dir, { recursive: true, force: true });
  }
}

const readText = (file: string): Promise<string | undefined> =>
  readBytes(file, 32 << 20).then((bytes) => bytes?.toString());

async function lockRequires(
  resolution: Resolution,
  targets: readonly Target[],
  dir: string,
  run: Run,
): Promise<void> {
  const settings = path.join(dir, 'uv.toml');
  await writeFile(settings, uvToml(resolution.settings));
  // With this option uv reads no other configuration: not the user's, the system's, or one of a folder above.
  const alone = ['--config-file', settings];
  const attempt = async (constraints: readonly string[]) => {
    await writeFile(path.join(dir, 'pyproject.toml'), pyproject(resolution, targets, constraints));
    return run('uv', ['lock', '--quiet', '--no-progress', '--no-build', ...alone, '--directory', dir]);
  };
  let result = await attempt(resolution.constraints);
  // A build that pins another version than the output's gets what it pins.
  if (result.code !== 0 && resolution.constraints.length > 0) result = await attempt([]);
  if (result.code === 0) return;
  throw new UserError(
    'build-requirements',
    `uv can't resolve the build requirements of ${resolution.label} (${resolution.requires.join(', ')}): ${oneLine(result.stderr)}. Pin what is missing with build-constraint-dependencies or extra-build-dependencies in [tool.uv].`,
    { log: result.stderr },
  );
}

const oneLine = (text: string): string => text.replace(/\s+/g, ' ').trim().slice(0, 600);

/** Everything that uv is given an address or a path in: requirements, constraints and the project's indexes. */
async function checkAddresses(resolution: Resolution, checkHost: CheckHost): Promise<void> {
  const { requires, constraints, settings, label } = resolution;
  const requirements = [...requires, ...constraints, ...requirementsOf(settings[buildConstraints])];
  const references = requirements.flatMap((text) => referenceOf(text) ?? []);
  for (const address of [...references, ...indexesOf(settings)])
    await checkHost(address, `A build requirement of ${label}`);
}

const buildConstraints = 'build-constraint-dependencies';

/** Settings of the project that decide where requirements come from and which versions count. */
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
  const { settings, requires } = resolution;
  const [major, minor] = (targets[0]?.python ?? '3.14.0').split('.');
  const own = requirementsOf(settings[buildConstraints]);
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
