import { stringify } from 'smol-toml';
import { isHubName } from '../../config/names.ts';
import type { NixRoot } from '../../nix/target.ts';
import { UserError } from '../../system/errors.ts';
import type { Ask } from './ask.ts';
import { type Found, type FoundPackage, rootName } from './search.ts';
import { type ForgeName, type Use, usesOn } from './workflow.ts';

export const configPath = '.github/uv-fod.toml';

/** Where the releases of a package are: GitHub's `owner/name`, and the pattern of the tags. */
interface GithubReleases {
  readonly github: string;
  readonly tag: string;
}

interface ChosenPackage extends FoundPackage {
  readonly releases: GithubReleases | undefined;
  /** Group of the package; undefined: it gets its own pull request. */
  readonly group?: string | undefined;
}

export interface Decided {
  readonly use: Use;
  readonly forge: ForgeName;
  readonly packages: readonly ChosenPackage[];
}

/**
 * Decides what to write: by the options, otherwise by asking, otherwise by defaults.
 * @param ask undefined: do not ask
 * @throws UserError `attribute-unknown` if no package is known
 */
export async function decide(
  found: Found & {
    readonly forge: ForgeName;
    /** The file or flake to search for packages, if the user named one. */
    readonly given?: NixRoot | undefined;
  },
  options: { readonly use?: Use; readonly forge?: ForgeName },
  ask: Ask | undefined,
): Promise<Decided> {
  const { given, leftOut } = found;
  const searched = given ? rootName(given) : 'flake.nix or default.nix at the top of this repository';
  if (found.packages.length === 0)
    throw new UserError(
      'attribute-unknown',
      `No package whose hash follows a lock was found in ${searched}. Name one, as in 'uv-fod init authentik-django' (with --file, --flake or --expression if it is elsewhere); docs/your-own-derivation.md and docs/nix.md show how to write the derivation.${leftOut.map(({ name, why }) => ` Left out: ${name}, because ${why.replace(/\.?$/, '.')}`).join('')}`,
    );
  const forge = options.forge ?? found.forge;
  const use = options.use ?? (ask ? await askUse(ask, forge) : 'update');
  const packages: ChosenPackage[] = [];
  for (const one of found.packages) packages.push({ ...one, releases: await askReleases(one, use, ask) });
  return { use, forge, packages };
}

const described: Readonly<Record<Use, string>> = {
  update: 'a bump: update the hash by pull request when uv.lock or a version changes',
  updater: 'the updater: look for new releases once a day',
  check: 'a status check: check the hash on pull requests',
  'two-jobs': 'a bump in two jobs: build without a token',
};

const askUse = (ask: Ask, forge: ForgeName): Promise<Use> =>
  ask.choose(
    'What is the workflow for?',
    usesOn(forge).map((value) => ({ value, name: described[value] })),
  );

/** Uses the source's GitHub repository; for another source, asks if the updater is wanted. */
async function askReleases(
  { name, source }: FoundPackage,
  use: Use,
  ask: Ask | undefined,
): Promise<GithubReleases | undefined> {
  if (source) return { github: `${source.owner}/${source.repo}`, tag: source.tag };
  if (use !== 'updater' || !ask) return undefined;
  const github = await ask.text(
    `GitHub repository of the releases of ${name} (owner/name; empty if it has none)`,
    '',
    (answer) => (answer === '' || isHubName(answer) ? undefined : 'Write owner/name, or nothing.'),
  );
  if (github === '') return undefined;
  return { github, tag: await ask.text('Pattern of its tags', 'v{version}') };
}

type WrittenPackage = Pick<ChosenPackage, 'attribute' | 'nix' | 'releases' | 'group'> &
  Partial<Pick<ChosenPackage, 'dependencies'>>;

/** Text of the configuration for these packages. */
export function configText(packages: readonly WrittenPackage[], use: Use): string {
  const head =
    use === 'updater'
      ? 'The configuration of the updater, .github/uv-fod.toml: each package, and where its releases are.'
      : 'The packages that uv-fod keeps up to date. All keys: docs/configuration.md in its repository.';
  return `# ${head}\n${packages.map(packageText).join('\n')}`;
}

/** Text of the configuration's entry for one package. */
export function packageText({ attribute, nix, dependencies, group, releases }: WrittenPackage): string {
  const lines = ['[[package]]', ...(attribute === '' ? [] : [stringify({ attribute }).trimEnd()])];
  const { kind, ...from } = nix;
  const [[key, value] = ['', '']] = Object.entries(from);
  if (attribute === '' || value !== 'default.nix')
    lines.push(`nix = { ${stringify({ [key]: value }).trimEnd()} }`);
  if (dependencies !== undefined) lines.push(stringify({ dependencies }).trimEnd());
  if (group !== undefined) lines.push(stringify({ group }).trimEnd());
  if (releases) lines.push('', '[package.releases]', stringify(releases).trimEnd());
  return `${lines.join('\n')}\n`;
}
