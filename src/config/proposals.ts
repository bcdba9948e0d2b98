import type { Config, PackageConfig, PullRequestOptions } from './types.ts';

/** What becomes one pull request: a package, or all of a group. */
export interface Proposal {
  /** The group's name, or the package's. */
  readonly name: string;
  /** The one branch of it. */
  readonly branch: string;
  readonly options: PullRequestOptions;
  /** In the order of the configuration; at least one. */
  readonly packages: readonly PackageConfig[];
}

/** @returns the pull requests that a configuration's packages make, in the order of their first packages */
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
 * Fills a template in. What is put in is not looked at again, so that no value can bring a placeholder.
 * @param values by placeholder, without braces; one that has no value stays as it is
 */
export function fillTemplate(template: string, values: ReadonlyMap<string, string>): string {
  return template.replace(/\{([a-z-]{1,40})\}/g, (whole, name: string) => values.get(name) ?? whole);
}
