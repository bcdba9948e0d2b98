import { stringify } from 'smol-toml';
import { placeholder } from './action.ts';
import type { FoundPackage } from './attributes.ts';
import { type ForgeName, workflowFolders } from './forges.ts';

/** A file that `init` writes. */
export interface NewFile {
  /** Relative to the root of the repository. */
  readonly path: string;
  readonly text: string;
}

export const configPath = '.github/uv-fod.toml';

/** Releases of a package: GitHub's `owner/name`, and the pattern of its tags. */
export interface GithubReleases {
  readonly github: string;
  readonly tag: string;
}

/** The configuration of packages. */
export function configText(
  packages: readonly (Pick<FoundPackage, 'attribute' | 'nix'> & {
    readonly releases: GithubReleases | undefined;
  })[],
): string {
  const head =
    '# The configuration of the updater, .github/uv-fod.toml: each package, and where its releases are.\n';
  return `${head}${packages.map(packageText).join('\n')}`;
}

function packageText({ attribute, nix, releases }: Parameters<typeof configText>[0][number]): string {
  const lines = ['[[package]]', stringify({ attribute }).trimEnd()];
  if (nix.kind === 'flake') lines.push(`nix = { flake = ${quoted(nix.flake)} }`);
  else if (nix.kind === 'expression') lines.push(`nix = { expression = ${quoted(nix.expression)} }`);
  else if (nix.file !== 'default.nix') lines.push(`nix = { file = ${quoted(nix.file)} }`);
  if (releases)
    lines.push('', '[package.releases]', stringify({ github: releases.github, tag: releases.tag }).trimEnd());
  return `${lines.join('\n')}\n`;
}

/** A TOML string. */
const quoted = (text: string): string => stringify({ a: text }).trimEnd().slice('a = '.length);

/**
 * Makes a workflow from its example: for the packages of the configuration, the repository's
 * branch, and the reviewed commit of the Action.
 *
 * @param example text of examples/workflows/NAME.yml, or of examples/forgejo/NAME.yml
 * @param where the forge, the branch that starts the workflow, and `owner/name@commit` of the
 *   Action
 */
export function workflowOf(
  example: string,
  { forge, branch, action }: { readonly forge: ForgeName; readonly branch: string; readonly action: string },
): NewFile {
  const name = /^# Copy to \.\w+\/workflows\/([\w-]+\.yml)/m.exec(example)?.[1];
  if (name === undefined) throw new Error('the example does not say where to copy it to');
  const text = example
    // Instructions for copying the example by hand.
    .replace(/^# Copy to [^\n]*\n(?:# [^\n]*\n)*/m, (comment) => seeAlso(comment))
    // The configuration has the packages.
    .replace(/^ *attribute: .*\n/gm, '')
    .replace(/^ *with:\n(?= *(?:- |$|\n))|^ *with:\n$/gm, '')
    .replace(/^( *branches: )\[main\]$/m, (_, key: string) => `${key}[${branchPattern(branch)}]`);
  const path = `${workflowFolders[forge]}/${name}`;
  return { path, text: withAction(text, action) };
}

/** Replaces the example's placeholders by the Action and its Nix library at the reviewed commit. */
function withAction(text: string, action: string): string {
  const [repository = '', commit = ''] = action.split('@');
  const [used, archive] = ['@', '/archive/'].map((between) => Object.values(placeholder).join(between));
  return text
    .replaceAll(`${used} # the commit that you reviewed`, () => action)
    .replaceAll(archive ?? '', () => `${repository}/archive/${commit}`);
}

function seeAlso(comment: string): string {
  const page = /docs\/[\w-]+\.md(?=\n$)/.exec(comment)?.[0];
  return `# Written by \`uv-fod init\` from an example of uv-fod.${page ? ` How it works: ${page} in its repository.` : ''}\n`;
}

/**
 * A branch name as a pattern of GitHub's in YAML; quoted, and with its wildcards escaped, if
 * needed.
 */
function branchPattern(branch: string): string {
  if (/^[A-Za-z_][\w./-]*$/.test(branch)) return branch;
  return `'${branch.replace(/[+!\]]/g, '\\$&').replaceAll("'", "''")}'`;
}
