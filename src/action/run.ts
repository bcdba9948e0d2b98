import { parseConfig } from '../config/parse.ts';
import { plainPackage } from '../config/plain.ts';
import { type Proposal, proposals } from '../config/proposals.ts';
import { noOptions } from '../config/pull-request.ts';
import type { Config } from '../config/types.ts';
import type { Journal } from '../nix/journal.ts';
import type { Edit } from '../nix/patch.ts';
import type { Forge } from '../pull-request/forge.ts';
import type { Client } from '../pull-request/github/client.ts';
import { publish } from '../pull-request/publish.ts';
import type { Report } from '../pull-request/report/types.ts';
import type { PublishResult } from '../pull-request/types.ts';
import { tagCommit } from '../release/identity.ts';
import { chooseIndex } from '../release/index-page.ts';
import type { ReleaseParts } from '../release/types.ts';
import { unlessCancelled } from '../system/cancelled.ts';
import { UserError } from '../system/errors.ts';
import type { FetchText } from '../system/fetch-text.ts';
import type { Log } from '../system/log.ts';
import { lackOf } from '../system/sandbox.ts';
import { advise } from '../update/advice.ts';
import type { Checkout } from '../update/checkout.ts';
import { refreshGroup } from '../update/group.ts';
import { type Refreshed, refreshPackage } from '../update/package.ts';
import type { Parts } from '../update/types.ts';
import type { Trigger } from './context.ts';
import { trustedConfig } from './hosts.ts';
import type { Inputs } from './inputs.ts';
import { type Proposed, proposedOf, requestOf } from './proposed.ts';
import { reportOf } from './report.ts';

/** What the entry point hands in. */
export interface Runner {
  readonly inputs: Inputs;
  readonly trigger: Trigger;
  readonly parts: Parts;
  /** The workspace's, opened once for all that ask. @throws UserError as `openCheckout` does */
  readonly checkout: () => Promise<Checkout>;
  /** Called while Nix is asked, to begin what will be needed. */
  readonly meanwhile: () => void;
  /** GitHub's API, where releases are looked for. */
  readonly client: () => Promise<Client>;
  /** Address of GitHub's pages. */
  readonly githubUrl: string;
  /** The repository that the workflow runs in. */
  readonly forge: () => Promise<Forge>;
  readonly fetchText: FetchText;
  /** The index of the user's own settings, for releases that are looked for there. */
  readonly index: string | undefined;
}

/** What became of one package, or of one group. */
export interface ProposalResult {
  readonly name: string;
  readonly branch: string;
  readonly refreshed: readonly Refreshed[];
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
  const journal = await parts.journal(checkout.root, checkout.journal);
  const config = await configOf(runner, checkout);
  const results: ProposalResult[] = [];
  for (const proposal of proposalsOf(inputs, config)) {
    results.push(await runProposal(runner, proposal, { checkout, journal }, config));
  }
  return results;
}

/**
 * The configuration that counts in this run (src/action/trust.ts); an empty one if the inputs name the package.
 */
export async function configOf(
  { inputs, trigger, parts }: Pick<Runner, 'inputs' | 'trigger' | 'parts'>,
  checkout: Checkout,
): Promise<Config> {
  const { config, attribute } = inputs;
  const { trust } = trigger;
  // What lies in a publishing job's checkout may have come with the other job's artifact: only what is committed counts.
  const isOfCheckout = trust.configuration.from === 'checkout' && inputs.mode !== 'publish';
  const read = () => (isOfCheckout ? parts.read(config) : trustedConfig(inputs, trust, checkout));
  const text = attribute === '' ? await read() : undefined;
  if (text !== undefined) return withOptions(parseConfig(text, config), inputs.options);
  if (attribute !== '')
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
  if (inputs.attribute === '') return proposals(config);
  const { attribute, nix, branch } = inputs;
  const options = { ...noOptions, ...inputs.options };
  const one = { ...plainPackage(attribute, nix), pullRequest: options };
  return [{ name: attribute, branch, options, packages: [one] }];
}

async function runProposal(
  runner: Runner,
  proposal: Proposal,
  { checkout, journal }: { readonly checkout: Checkout; readonly journal: Journal },
  config: Config,
): Promise<ProposalResult> {
  const { inputs, trigger, parts, forge } = runner;
  const finders = releaseParts(runner, config);
  const cacheTo = cacheOf(runner, config);
  const group = await refreshGroup(proposal.packages, journal, parts, async (one, journaled) => {
    if (proposal.packages.length > 1) parts.log.info(`${one.name}, of the group ${proposal.name}:`);
    const now = await refreshPackage(
      {
        ...{ config: one, configFile: inputs.config, checkout, before: trigger.before },
        ...{ verify: inputs.verify, skipSecondDerivation: inputs.skipSecondDerivation },
        findReleases: inputs.findReleases ?? trigger.trust.isScheduled,
        refreshOutputs: !trigger.trust.isScheduled,
        meanwhile: runner.meanwhile,
        ...(cacheTo === undefined ? {} : { cacheTo }),
      },
      journaled,
      finders,
    );
    tell(now, parts.log);
    return now;
  });
  const { refreshed, edits, undo, keep } = group;
  try {
    const reports = await reportsOf(runner, refreshed);
    const commits = inputs.mode === 'compute' ? await releaseCommits(refreshed, finders) : new Map();
    const proposed = proposedOf(
      proposal,
      checkout,
      refreshed,
      edits,
      reports,
      commits,
      lackOf(await parts.sandbox()) === undefined,
    );
    const done = { name: proposal.name, branch: proposal.branch, refreshed, edits, reports, proposed };
    if (inputs.mode === 'compute') {
      await undo();
      return { ...done, published: undefined };
    }
    if (!inputs.pullRequest) {
      await keep();
      return { ...done, published: undefined };
    }
    const request = requestOf(proposed, proposal, trigger, checkout.head);
    const published = await parts.log.group('Pull request', async () =>
      unlessCancelled(publish(await forge(), request, parts.log), parts.stop),
    );
    await undo();
    return { ...done, published };
  } catch (error) {
    await undo();
    throw error;
  }
}

/** The commits that new versions were released at, for the job that looks the releases up again. */
async function releaseCommits(
  refreshed: readonly Refreshed[],
  finders: ReleaseParts,
): Promise<Map<string, string>> {
  const commits = new Map<string, string>();
  for (const { config, bump, choice } of refreshed) {
    if (!bump || bump.before === bump.after || choice?.kind !== 'release' || !config.releases) continue;
    const { version, revision } = choice.release;
    const commit = revision ?? (await tagCommit(config.releases.source, version, finders));
    if (commit !== undefined) commits.set(config.name, commit);
  }
  return commits;
}

async function reportsOf(
  { fetchText, parts, githubUrl: serverUrl }: Runner,
  refreshed: readonly Refreshed[],
): Promise<Report[]> {
  const reports: Report[] = [];
  for (const one of refreshed) {
    const advised = await advise(one.update, one.diff, fetchText, parts.log);
    reports.push(reportOf(one, { advised, serverUrl, sandbox: await parts.sandbox() }));
  }
  return reports;
}

/** Only what is the repository's own goes into a binary cache: what a pull request proposes is untrusted until it is merged. */
function cacheOf({ inputs, trigger, parts }: Runner, config: Config): string | undefined {
  const address = inputs.cacheTo ?? config.cacheTo;
  if (address === undefined || trigger.trust.kind === 'own') return address;
  parts.log.info(`Nothing is copied to ${address}: this run works on what is not merged.`);
  return undefined;
}

export function releaseParts({ client, parts, fetchText, index }: Runner, config: Config): ReleaseParts {
  const chosen = chooseIndex(config.index, index);
  return { hub: client, fetchText, run: parts.run, scratch: parts.scratch, index: chosen };
}

function tell({ update: { hashes }, edits, config }: Refreshed, log: Log): void {
  for (const { system, before, after } of hashes) {
    log.info(
      before === after ? `${system}: ${after}, as before` : `${system}: ${before || '(none)'} → ${after}`,
    );
  }
  if (edits.length === 0)
    log.info(`Nothing to do for ${config.name}: hash and build lock are what uv.lock asks for.`);
}
