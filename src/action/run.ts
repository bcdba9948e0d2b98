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

/** The data that all proposals of a run share. */
interface RunContext {
  readonly checkout: Checkout;
  readonly edits: Edits;
  readonly options: Options;
  readonly finders: ReleaseParts;
  readonly known: KnownPackages;
  /** The branches of proposals that exist; undefined if unknown. */
  readonly existing: ReadonlySet<string> | undefined;
}

/**
 * Runs the Action: for each package or group in turn, from the lock or a new release to the pull
 * request. The checkout is restored, except for `mode: update` with `pull-request: false`.
 */
export async function runAction(runner: Runner): Promise<ProposalResult[]> {
  const { context } = runner;
  // Before reading other files: this undoes the changes of a run that was killed.
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

/** Lists the releases of all packages together. */
async function listedFor(
  { packages }: Config,
  { findReleases }: Options,
  { hub, isHubOpen }: Runner,
): Promise<ReleaseParts['listed']> {
  const sources = packages.flatMap(({ releases }) => releases?.source ?? []);
  return findReleases && isHubOpen && sources.length > 0 ? listTogether(sources, await hub()) : undefined;
}

/** Derives the options from the inputs, the event and the configuration. */
async function optionsOf(
  { inputs, trigger, context, forge }: Runner,
  config: Config,
  checkout: Checkout,
): Promise<Options> {
  const { verify, skipSecondDerivation, findReleases } = inputs;
  const { isScheduled, kind } = trigger.trust;
  const cacheTo = inputs.cacheTo ?? config.cacheTo;
  // Copy only builds of the repository's own code to a binary cache: a pull request is untrusted
  // until it is merged.
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
 * The commit that a pull request, or a group of a merge queue, is based on. Undefined after a push:
 * packages that it did not change may still wait in the pull request of an earlier push.
 */
export const baseCommit = ({ trust: { configuration } }: Runner['trigger']): string | undefined =>
  configuration.from === 'commit' ? configuration.commit : undefined;

/** Determines the commit whose uv.lock the report compares with. */
export async function comparisonOf(
  { inputs, trigger }: Pick<Runner, 'inputs' | 'trigger'>,
  checkout: Checkout,
): Promise<ComparedCommit> {
  const { before, trust } = trigger;
  // Changes of the base since the pull request began are not part of the pull request.
  const isPull = before !== undefined && trust.kind !== 'own';
  const since = (isPull ? await checkout.mergeBase(before) : undefined) ?? before ?? 'HEAD^';
  return { compareWith: inputs.compareWith, since };
}

/** The dependencies of the search for releases. */
export function findersOf({ hub, context, index }: Runner, config: Config): ReleaseParts {
  const { run, scratch, fetchText } = context;
  return { hub, fetchText, run, scratch, index: chooseIndex(config.index, index) };
}

/**
 * Makes the pull requests of a lock that is upgraded in several pull requests.
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
    // Last, so that a run that fails earlier leaves no file. Not for parts of an upgrade, which
    // are the same package with different locks.
    const sbom = partIn(name) === undefined ? await sbomsOf(updated, runner) : [];
    return { ...published, sbom };
  });
  const isForCheckout = inputs.mode !== 'compute' && !inputs.pullRequest;
  if (isForCheckout && edits.since().length > 0) known.clear();
  await (isForCheckout ? edits.keep() : edits.undo());
  return result;
}

/** Writes software bills of materials. A derivation other than fetchUvDeps' has no plan for one. */
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
 * Reports the changed packages, then the other members of a group without repeating details.
 * @param lack what is missing in Nix's sandbox; undefined if nothing is
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
