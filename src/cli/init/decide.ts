import { isHubName } from '../../config/names.ts';
import { UserError } from '../../system/errors.ts';
import type { Ask } from './ask.ts';
import type { FoundPackage } from './attributes.ts';
import type { GithubReleases } from './files.ts';
import { type ForgeName, usesOn } from './forges.ts';
import type { Facts } from './look.ts';
import type { Use } from './uses.ts';

interface Decided {
  readonly use: Use;
  readonly forge: ForgeName;
  readonly packages: readonly (FoundPackage & { readonly releases: GithubReleases | undefined })[];
}

/**
 * Decides what to write: by options, else by asking, else by defaults.
 * @param ask undefined: do not ask
 * @throws UserError `attribute-unknown` if no package is known
 */
export async function decide(
  facts: Pick<Facts, 'seen'> & { readonly packages: readonly FoundPackage[] },
  options: { readonly use?: Use; readonly forge?: ForgeName },
  ask: Ask | undefined,
): Promise<Decided> {
  const packages = facts.packages.length > 0 || !ask ? facts.packages : [await askAttribute(ask)];
  if (packages.length === 0)
    throw new UserError(
      'attribute-unknown',
      "No attribute with uvDeps was found in default.nix or flake.nix at the top of this repository. Name one, as in 'uv-fod init authentik-django' (with --file, --flake or --expression if it is elsewhere); docs/nix.md shows how to write the derivation.",
    );
  const forge = options.forge ?? facts.seen.forge;
  const use = options.use ?? (ask ? await askUse(ask, forge) : 'update');
  const decided: Decided['packages'][number][] = [];
  for (const one of packages) decided.push({ ...one, releases: await releasesOf(one, use, ask) });
  return { use, forge, packages: decided };
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

async function askAttribute(ask: Ask): Promise<FoundPackage> {
  const attribute = await ask.text('Attribute of the derivation in default.nix', 'authentik-django');
  return {
    attribute,
    nix: { kind: 'file', file: 'default.nix' },
    version: '',
    systems: [],
    source: undefined,
  };
}

/** A source on GitHub has its releases there too; for another one the updater has to ask. */
async function releasesOf(
  { attribute, source }: FoundPackage,
  use: Use,
  ask: Ask | undefined,
): Promise<GithubReleases | undefined> {
  if (source) return { github: `${source.owner}/${source.repo}`, tag: source.tag };
  if (use !== 'updater' || !ask) return undefined;
  const github = await ask.text(
    `GitHub repository of the releases of ${attribute} (owner/name; empty if it has none)`,
    '',
  );
  if (!isHubName(github)) return undefined;
  return { github, tag: await ask.text('Pattern of its tags', 'v{version}') };
}
