import type { Config, PackageConfig, PullRequestOptions } from './types.ts';

/** The subject of one pull request: a package, or all packages of a group. */
export interface Proposal {
  /** The group's name, or the package's. */
  readonly name: string;
  readonly branch: string;
  readonly options: PullRequestOptions;
  /** In the order of the configuration; at least one. */
  readonly packages: readonly PackageConfig[];
}

/** The pull requests of a configuration, in the order of their first packages. */
export function proposals({ packages }: Pick<Config, 'packages'>): Proposal[] {
  const found = new Map<string, Proposal>();
  for (const one of packages) {
    const key = one.group === undefined ? `package ${one.name}` : `group ${one.group}`;
    const name = one.group ?? one.name;
    const others = found.get(key)?.packages ?? [];
    const branch = one.pullRequest.branch ?? `uv-fod/${name}`;
    found.set(key, { name, branch, options: one.pullRequest, packages: [...others, one] });
  }
  return [...found.values()];
}

/**
 * Fills in a template, once: a placeholder inside a value is not expanded.
 * @param values by placeholder, without braces; a placeholder without a value is kept
 */
export function fillTemplate(template: string, values: ReadonlyMap<string, string>): string {
  return template.replace(/\{([a-z-]{1,40})\}/g, (whole, name: string) => values.get(name) ?? whole);
}

const PART = '--';

/** One of the pull requests for the upgrade of a lock. */
export const partOf = (proposal: Proposal, part: string): Proposal => ({
  ...proposal,
  ...{ name: `${proposal.name}${PART}${part}`, branch: `${proposal.branch}${PART}${part}` },
});

/** The part in a proposal's name; undefined if the proposal is not a part. */
export function partIn(name: string): string | undefined {
  const at = name.lastIndexOf(PART);
  return at < 0 ? undefined : name.slice(at + PART.length);
}
