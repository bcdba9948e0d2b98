import { type Proposal, partIn, partOf, proposals } from '../config/proposals.ts';
import type { Config, LockRules, PackageConfig } from '../config/types.ts';
import type { Edits } from '../nix/edits.ts';
import { type DerivationRef, derivationRef } from '../nix/target.ts';
import type { Report } from '../pull-request/report/types.ts';
import { chooseIndex } from '../release/index-page.ts';
import { listTogether } from '../release/prefetch.ts';
import type { ReleaseParts } from '../release/types.ts';
import type { Log } from '../system/log.ts';
import { once } from '../system/promises.ts';
import { lackOf } from '../system/sandbox.ts';
import { updateOrBlame } from '../update/blame.ts';
import type { ComparedCommit } from '../update/changes.ts';
import type { Checkout } from '../update/checkout.ts';
import { evaluatePackages, type KnownPackages } from '../update/known.ts';
import type { Options } from '../update/options.ts';
import type { Updated } from '../update/package.ts';
import { configOf } from './config.ts';
import { asOneProposal } from './own-pull.ts';
import { closeIdle, partsOf, splitRules } from './parts.ts';
import { proposedOf } from './proposed.ts';
import { reportOf } from './report.ts';
import { existingOf, type ProposalResult, publishProposal } from './request.ts';
import type { Runner } from './runner.ts';

/** What is the same for all proposals of a run. */
interface RunContext {
  readonly checkout: Checkout;
  readonly edits: Edits;
  readonly options: Options;
  readonly finders: ReleaseParts;
  readonly known: KnownPackages;
  /** Branches of proposals that exist, if that is known. */
  readonly existing: ReadonlySet<string> | undefined;
}

/**
 * One run of the Action: from the lock, or from a new release, to the pull request; for each
 * package or group in turn. The checkout is left as it was, unless no pull request is asked for.
 */
export async function runAction(runner: Runner): Promise<ProposalResult[]> {
  const { context } = runner;
  // Before anything is read that a run that was killed may have changed.
  const checkout = await runner.checkout();
  const edits = await context.openEdits(checkout.root);
  const config = await configOf(runner);
  const options = await optionsOf(runner, config, checkout);
  const derivationOf = async (one: PackageConfig): Promise<DerivationRef> =>
    derivationRef(one.nix, one.attribute, checkout.root, runner.inputs.config);
  const all = proposals(config);
  const wanted = runner.trigger.pull ? asOneProposal(all) : all;
  // Nix and uv run while GitHub answers.
  const [known, listed, existing] = await Promise.all([
    evaluatePackages(config.packages, derivationOf, context),
    listedFor(config, options, runner),
    existingOf(wanted, runner),
  ]);
  const finders = { ...findersOf(runner, config), listed };
  const results: ProposalResult[] = [];
  const shared = { checkout, edits, options, finders, known, existing };
  for (const proposal of wanted) {
    const rules = splitRules(proposal);
    const inParts = rules && shared.options.upgrade !== undefined && !runner.trigger.pull;
    const whole = inParts ? { ...shared, options: { ...shared.options, upgrade: undefined } } : shared;
    const result = await runProposal(runner, proposal, whole);
    results.push(...(inParts ? await runParts(runner, proposal, rules, shared, result) : [result]));
  }
  return results;
}

/** The releases of all packages, asked for together. */
async function listedFor(
  { packages }: Config,
  { findReleases }: Options,
  { hub, isHubOpen }: Runner,
): Promise<ReleaseParts['listed']> {
  const sources = packages.flatMap(({ releases }) => releases?.source ?? []);
  return findReleases && isHubOpen && sources.length > 0 ? listTogether(sources, await hub()) : undefined;
}

/** What the inputs, the event and the configuration ask for. */
async function optionsOf(
  { inputs, trigger, context, forge }: Runner,
  config: Config,
  checkout: Checkout,
): Promise<Options> {
  const { verify, skipSecondDerivation, findReleases } = inputs;
  const { isScheduled, kind } = trigger.trust;
  const cacheTo = inputs.cacheTo ?? config.cacheTo;
  // Only what is the repository's own goes into a binary cache: what a pull request proposes is
  // untrusted until it is merged.
  const mayCopy = cacheTo === undefined || kind === 'own';
  if (!mayCopy) context.log.info(`Nothing is copied to ${cacheTo}: this run works on what is not merged.`);
  return {
    ...{ verify, skipSecondDerivation, lockOnly: false, recompute: false },
    findReleases: findReleases ?? isScheduled,
    upgrade: (findReleases ?? isScheduled) ? { names: [], isScheduled: true } : undefined,
    updateOutputs: !isScheduled,
    base: baseCommit(trigger),
    comparison: await comparisonOf({ inputs, trigger }, checkout),
    ...(trigger.pull && inputs.pullRequest
      ? { beforeBuild: once(async () => (await forge()).requireWrite()) }
      : {}),
    cacheTo: mayCopy ? cacheTo : undefined,
    policy: config.policy,
  };
}

/**
 * The commit that a pull request, or a group of a merge queue, is based on. After a push there is
 * none: what it did not change may still wait in a pull request of an earlier one.
 */
export const baseCommit = ({ trust: { configuration } }: Runner['trigger']): string | undefined =>
  configuration.from === 'commit' ? configuration.commit : undefined;

/** Which commit's uv.lock the report compares with. */
export async function comparisonOf(
  { inputs, trigger }: Pick<Runner, 'inputs' | 'trigger'>,
  checkout: Checkout,
): Promise<ComparedCommit> {
  const { before, trust } = trigger;
  // What the base changed since a pull request was begun is not part of the pull request.
  const isPull = before !== undefined && trust.kind !== 'own';
  const since = (isPull ? await checkout.mergeBase(before) : undefined) ?? before ?? 'HEAD^';
  return { compareWith: inputs.compareWith, since };
}

/** What finding releases needs. */
export function findersOf({ hub, context, index }: Runner, config: Config): ReleaseParts {
  const { run, scratch, fetchText } = context;
  return { hub, fetchText, run, scratch, index: chooseIndex(config.index, index) };
}

/**
 * The pull requests of a lock that is upgraded in several.
 * @param whole the result of the package's own pull request
 */
async function runParts(
  runner: Runner,
  proposal: Proposal,
  rules: LockRules,
  shared: RunContext,
  whole: ProposalResult,
): Promise<ProposalResult[]> {
  const { checkout } = shared;
  const { parts, idle } = await partsOf(runner, proposal, rules, checkout);
  const results: ProposalResult[] = [{ ...whole, proposed: { ...whole.proposed, idle } }];
  const proposed = parts.map(({ name }) => partOf(proposal, name));
  const existing = await existingOf(proposed, runner);
  for (const [at, { names, waits }] of parts.entries()) {
    const upgrade = { names, isScheduled: waits };
    const options = { ...shared.options, upgrade, findReleases: false };
    results.push(await runProposal(runner, proposed[at] ?? proposal, { ...shared, options, existing }));
  }
  const left = idle.map((name) => partOf(proposal, name));
  return [...results, ...(await closeIdle(runner, left, checkout.head))];
}

async function runProposal(
  runner: Runner,
  proposal: Proposal,
  { checkout, edits, options, finders, known, existing }: RunContext,
): Promise<ProposalResult> {
  const { inputs, context } = runner;
  const { log } = context;
  const { name, packages } = proposal;
  const result = await edits.undoOnError(async () => {
    const updated: Updated[] = [];
    for (const config of packages) {
      if (packages.length > 1) log.info(`${config.name}, of the group ${name}:`);
      const derivation = derivationRef(config.nix, config.attribute, checkout.root, inputs.config);
      const one = await updateOrBlame(
        { config, derivation, checkout, options, known },
        edits,
        context,
        finders,
      );
      logResult(one, log);
      updated.push(one);
    }
    const lack = lackOf(await context.sandbox());
    const reports = reportsOf(updated, lack, runner);
    const made = { checkout, edits: edits.since(), reports };
    // Only a publishing job looks the releases up again.
    const looksUp = inputs.mode === 'compute' ? finders : undefined;
    const proposed = await proposedOf(proposal, updated, made, lack === undefined, looksUp);
    const published = await publishProposal(runner, proposal, proposed, checkout.head, existing);
    // Last, so that a run that ends before leaves no file. Parts of an upgrade are the same
    // package, with another lock each.
    const sbom = partIn(name) === undefined ? await sbomsOf(updated, runner) : [];
    return { ...published, sbom };
  });
  const isForCheckout = inputs.mode !== 'compute' && !inputs.pullRequest;
  if (isForCheckout && edits.since().length > 0) known.clear();
  await (isForCheckout ? edits.keep() : edits.undo());
  return result;
}

/** Writes software bills of materials; other derivations than fetchUvDeps' have no plan for one. */
async function sbomsOf(updated: readonly Updated[], { writeSboms }: Runner): Promise<string[]> {
  const files: string[] = [];
  for (const { config, update } of updated) {
    const { project, states, lock } = update;
    const targets = states.map(({ pinned }) => pinned.target);
    if (project) files.push(...(await writeSboms(config.name, { project, targets, lock })));
  }
  return files;
}

/**
 * Reports of what changed, then of the other members of a group, which say only that.
 * @param lack what Nix's sandbox lacks, if something
 */
function reportsOf(updated: readonly Updated[], lack: string | undefined, { githubUrl }: Runner): Report[] {
  const { changed = [], others = [] } = Object.groupBy(updated, ({ edits }) =>
    edits.length > 0 ? 'changed' : 'others',
  );
  return [...changed, ...others].map((one) => {
    const report = reportOf(one, githubUrl, lack);
    const isPart = one.edits.length > 0 || changed.length === 0;
    return isPart ? report : { ...report, packages: [], download: undefined, timings: [] };
  });
}

function logResult({ update: { hashes, foreign }, edits, config }: Updated, log: Log): void {
  for (const { system, before, after } of hashes) {
    log.info(
      before === after ? `${system}: ${after}, as before` : `${system}: ${before || '(none)'} → ${after}`,
    );
  }
  if (edits.length === 0)
    log.info(
      `Nothing to do for ${config.name}: ${foreign ? 'the hash is current' : 'hash and build lock are up to date with uv.lock'}.`,
    );
}
