import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { stringify } from 'smol-toml';
import { loadProject, type Project, type TomlTable } from '../lock/index.ts';
import { type Artifact, planProject, type Selection, type Target } from '../plan/index.ts';
import type { CheckHost } from '../ports/check-host.ts';
import { UserError } from '../ports/errors.ts';
import type { Run } from '../ports/run.ts';

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
 * build backend is a stranger's program.
 *
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
    return targets.map((target) =>
      planProject(project, target, everything).filter((artifact) => artifact.name !== name),
    );
  } finally {
    await rm(dir, { recursive: true, force: true });
  }
}

const readText = (file: string): Promise<string | undefined> => readFile(file, 'utf8').catch(() => undefined);

async function lockRequires(
  resolution: Resolution,
  targets: readonly Target[],
  dir: string,
  run: Run,
): Promise<void> {
  const attempt = async (constraints: readonly string[]) => {
    await writeFile(path.join(dir, 'pyproject.toml'), pyproject(resolution, targets, constraints));
    return run('uv', ['lock', '--quiet', '--no-progress', '--no-build', '--directory', dir]);
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

/** Addresses that uv would ask on its own: those in requirements, and the project's indexes. */
async function checkAddresses(
  { requires, settings, label }: Resolution,
  checkHost: CheckHost,
): Promise<void> {
  const direct = requires.flatMap((text) => /@\s*(?:git\+)?([^\s;]+:[^\s;]*)/.exec(text)?.[1] ?? []);
  const indexes = (Array.isArray(settings.index) ? settings.index : []) as { url?: unknown }[];
  const plain = ['index-url', 'extra-index-url', 'find-links'].flatMap((key) => settings[key] ?? []);
  for (const address of [...direct, ...indexes.map(({ url }) => url), ...plain])
    await checkHost(String(address), `A build requirement of ${label}`);
}

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
  const kept = Object.fromEntries(
    inherited.filter((key) => key in settings).map((key) => [key, settings[key]]),
  );
  const own = (settings['build-constraint-dependencies'] ?? []) as (string | { requirement: string })[];
  return stringify({
    project: { name, version: '0', 'requires-python': `==${major}.${minor}.*`, dependencies: [...requires] },
    tool: {
      uv: {
        ...kept,
        package: false,
        'constraint-dependencies': [
          ...constraints,
          ...own.map((item) => (typeof item === 'string' ? item : item.requirement)),
        ],
      },
    },
  });
}
