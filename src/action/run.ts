import { plainPackage } from '../config/package.ts';
import { parseConfig } from '../config/parse.ts';
import { type Proposal, proposals } from '../config/proposals.ts';
import { noOptions } from '../config/pull-request.ts';
import type { Config, PackageConfig } from '../config/types.ts';
import type { Edit } from '../nix/edit.ts';
import type { Edits } from '../nix/edits.ts';
import { type DerivationRef, derivationRef } from '../nix/target.ts';
import type { Forge } from '../pull-request/forge.ts';
import type { Client } from '../pull-request/github/client.ts';
import { publish } from '../pull-request/publish.ts';
import type { Report } from '../pull-request/report/types.ts';
import type { PublishResult } from '../pull-request/types.ts';
import { advise } from '../release/advice.ts';
import { chooseIndex } from '../release/index-page.ts';
import type { ReleaseParts } from '../release/types.ts';
import { tagCommit } from '../release/verify.ts';
import { UserError } from '../system/errors.ts';
import type { Log } from '../system/log.ts';
import { unlessCancelled } from '../system/promises.ts';
import { lackOf } from '../system/sandbox.ts';
import type { Checkout } from '../update/checkout.ts';
import type { Options } from '../update/options.ts';
import { requireOwnLocks } from '../update/own-locks.ts';
import { type Updated, updatePackage } from '../update/package.ts';
import type { Context } from '../update/types.ts';
import type { Trigger } from './context.ts';
import { trustedConfig } from './hosts.ts';
import type { Inputs } from './inputs.ts';
import { optionsOf } from './options.ts';
import { type Proposed, proposedOf, requestOf } from './proposed.ts';
import { reportOf } from './report.ts';

/** What the entry point hands in. */
export interface Runner {
  readonly inputs: Inputs;
  readonly trigger: Trigger;
  readonly parts: Context;
  /** The workspace's, opened once for all that ask. @throws UserError as `openCheckout` does */
  readonly checkout: () => Promise<Checkout>;
  /** GitHub's API, where releases are looked for. */
  readonly client: () => Promise<Client>;
  /** Address of GitHub's pages. */
  readonly githubUrl: string;
  /** The repository that the workflow runs in. */
  readonly forge: () => Promise<Forge>;
  /** The index of the user's own settings, for releases that are looked for there. */
  readonly index: string | undefined;
}

/** What became of one package, or of one group. */
export interface ProposalResult {
  readonly name: string;
  readonly branch: string;
  readonly updated: readonly Updated[];
  readonly edits: readonly Edit[];
  readonly reports: readonly Report[];
  readonly proposed: Proposed;
  readonly published: PublishResult | undefined;
}

/**
 * One run of the Action: from the lock, or from a new release, to the pull request; for each package or group in turn. The
 * checkout is left as it was, unless no pull request is asked for.
 */
export async function runAction(runner: Runner): Promise<ProposalResult[]> {
  const { inputs, parts } = runner;
  // Before anything is read that a run that was killed may have changed.
  const checkout = await runner.checkout();
  const edits = await parts.openEdits(checkout.root);
  const config = await configOf(runner, checkout);
  const run = {
    checkout,
    edits,
    options: optionsOf(inputs, runner.trigger, config, parts.log),
    finders: releaseParts(runner, config),
  };
  const all = proposalsOf(inputs, config);
  const packages = all.flatMap((proposal) => proposal.packages);
  await requireOwnLocks(packages, async (one) => derivationIn(checkout, one, inputs), parts);
  const results: ProposalResult[] = [];
  for (const proposal of all) results.push(await runProposal(runner, proposal, run));
  return results;
}

/**
 * The configuration that counts in this run (src/action/trust.ts); an empty one if the inputs name the package.
 */
export async function configOf(
  { inputs, trigger, parts }: Pick<Runner, 'inputs' | 'trigger' | 'parts'>,
  checkout: Checkout,
): Promise<Config> {
  const { config, isNamed } = inputs;
  const { trust } = trigger;
  // What lies in a publishing job's checkout may have come with the other job's artifact: only what is committed counts.
  const isOfCheckout = trust.configuration.from === 'checkout' && inputs.mode !== 'publish';
  const read = () => (isOfCheckout ? parts.read(config) : trustedConfig(inputs, trust, checkout));
  const text = isNamed ? undefined : await read();
  if (text !== undefined) return withOptions(parseConfig(text, config), inputs.options);
  if (isNamed)
    return {
      ...{ packages: [], index: undefined, allowedHosts: undefined },
      ...{ publishNewBuilds: true, cacheTo: undefined },
    };
  if (trust.configuration.from === 'nowhere') {
    throw new UserError(
      'untrusted-event',
      `The event that started this run names no commit of the repository whose configuration could count; name the derivation with the input 'attribute', or use another event.`,
    );
  }
  throw new UserError(
    'config-missing',
    `There is neither an input 'attribute' nor a configuration ${config}; name the derivation, or write the configuration (docs/configuration.md).`,
  );
}

/** What the inputs say of pull requests goes before the configuration, for each of its packages. */
const withOptions = (config: Config, given: Inputs['options']): Config => ({
  ...config,
  packages: config.packages.map((one) => ({ ...one, pullRequest: { ...one.pullRequest, ...given } })),
});

/** The configuration's packages, or the one that the inputs name. */
export function proposalsOf(inputs: Inputs, config: Config): Proposal[] {
  if (!inputs.isNamed) return proposals(config);
  const { attribute, nix, branch } = inputs;
  const options = { ...noOptions, ...inputs.options };
  const one = { ...plainPackage(attribute, nix), pullRequest: options };
  return [{ name: one.name, branch, options, packages: [one] }];
}

const derivationIn = (
  { root }: Checkout,
  { nix, attribute }: PackageConfig,
  { config }: Inputs,
): DerivationRef => derivationRef(nix, attribute, root, config);

/** What is the same for all proposals of a run. */
interface RunContext {
  readonly checkout: Checkout;
  readonly edits: Edits;
  readonly options: Options;
  readonly finders: ReleaseParts;
}

async function runProposal(runner: Runner, proposal: Proposal, run: RunContext): Promise<ProposalResult> {
  const { inputs, parts } = runner;
  const { checkout, edits, options, finders } = run;
  const { packages } = proposal;
  const result = await edits.undoOnError(async () => {
    const updated: Updated[] = [];
    for (const config of packages) {
      if (packages.length > 1) parts.log.info(`${config.name}, of the group ${proposal.name}:`);
      const derivation = derivationIn(checkout, config, inputs);
      const one = await updatePackage({ config, derivation, checkout, options }, edits, parts, finders);
      tell(one, parts.log);
      updated.push(one);
    }
    const changed = edits.since();
    const reports = await reportsOf(runner, updated);
    const commits = inputs.mode === 'compute' ? await releaseCommits(updated, finders) : new Map();
    const isSandboxed = lackOf(await parts.sandbox()) === undefined;
    const proposed = proposedOf(proposal, checkout, updated, changed, reports, commits, isSandboxed);
    const published = inputs.pullRequest
      ? await publishProposal(runner, proposal, proposed, checkout)
      : undefined;
    const { name, branch } = proposal;
    return { name, branch, updated, edits: changed, reports, proposed, published };
  });
  const isForCheckout = inputs.mode !== 'compute' && !inputs.pullRequest;
  await (isForCheckout ? edits.keep() : edits.undo());
  return result;
}

function publishProposal(
  { trigger, parts, forge }: Runner,
  proposal: Proposal,
  proposed: Proposed,
  { head }: Checkout,
): Promise<PublishResult> {
  const request = requestOf(proposed, proposal, trigger, head);
  return parts.log.group('Pull request', async () =>
    unlessCancelled(publish(await forge(), request, parts.log), parts.stop),
  );
}

/** The commits that new versions were released at, for the job that looks the releases up again. */
async function releaseCommits(
  updated: readonly Updated[],
  finders: ReleaseParts,
): Promise<Map<string, string>> {
  const commits = new Map<string, string>();
  for (const { config, bump, choice } of updated) {
    if (!bump || bump.before === bump.after || choice?.kind !== 'release' || !config.releases) continue;
    const { version, revision } = choice.release;
    const commit = revision ?? (await tagCommit(config.releases.source, version, finders));
    if (commit !== undefined) commits.set(config.name, commit);
  }
  return commits;
}

async function reportsOf(
  { parts, githubUrl: serverUrl }: Runner,
  updated: readonly Updated[],
): Promise<Report[]> {
  const reports: Report[] = [];
  for (const one of updated) {
    const { project, edits } = one.update;
    const advised = await advise(
      project,
      edits.length > 0 ? one.diff : undefined,
      parts.fetchText,
      parts.log,
    );
    reports.push(reportOf(one, { advised, serverUrl, sandbox: await parts.sandbox() }));
  }
  return reports;
}

export function releaseParts({ client, parts, index }: Runner, config: Config): ReleaseParts {
  const chosen = chooseIndex(config.index, index);
  return { ...parts, hub: client, index: chosen };
}

function tell({ update: { hashes }, edits, config }: Updated, log: Log): void {
  for (const { system, before, after } of hashes) {
    log.info(
      before === after ? `${system}: ${after}, as before` : `${system}: ${before || '(none)'} → ${after}`,
    );
  }
  if (edits.length === 0)
    log.info(`Nothing to do for ${config.name}: hash and build lock are what uv.lock asks for.`);
}
