// The Action. The runner's environment is read here and nowhere else.

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import * as core from '@actions/core';
import { annotationOf } from './action/annotation.ts';
import { baseOf } from './action/base.ts';
import { checkAll, checkAnnotations, checkExit, checkOutputs, checkSummaries } from './action/check.ts';
import { readTrigger } from './action/context.ts';
import { readEvent } from './action/event.ts';
import { connect, forgeKind } from './action/forge.ts';
import { hostRules } from './action/hosts.ts';
import { loadInputs } from './action/inputs.ts';
import { publishResults } from './action/jobs.ts';
import { removeResult, writeResult } from './action/results.ts';
import { type ProposalResult, type Runner, runAction } from './action/run.ts';
import { requireSandbox } from './action/sandbox.ts';
import { basic } from './pull-request/forgejo/git.ts';
import type { Answers } from './pull-request/github/answers.ts';
import type { Client } from './pull-request/github/client.ts';
import { failureSummary, summary } from './pull-request/report/report.ts';
import { setJson, setOutput, writeSummary } from './system/action-outputs.ts';
import { type Cancellation, cancelOnSignals } from './system/cancel.ts';
import { UserError } from './system/errors.ts';
import { readText } from './system/files.ts';
import { actionLog } from './system/log.ts';
import { harmless } from './system/printable.ts';
import { once } from './system/promises.ts';
import { lackOf } from './system/sandbox.ts';
import { asUserError } from './system/system-error.ts';
import { reportUncaught } from './system/uncaught.ts';
import { openCheckout } from './update/checkout.ts';
import { makeContext } from './update/context.ts';

const log = actionLog(core);

async function main(cancellation: Cancellation, scratch: string): Promise<void> {
  const inputs = loadInputs(core.getInput, path.resolve(process.env.GITHUB_WORKSPACE ?? process.cwd()));
  const kind = forgeKind(inputs.forge, process.env);
  if (inputs.token !== '') core.setSecret(inputs.token);
  // As git sends it.
  if (inputs.token !== '' && kind !== 'github') core.setSecret(basic(inputs.token));
  const trigger = readTrigger(await readEvent(process.env, readText), inputs);
  const checkout = once(() => openCheckout(inputs.workspace, parts.run));
  const rules = once(async () => hostRules(inputs, trigger.trust, await checkout()));
  const parts = makeContext(process.env, log, scratch, {
    stop: cancellation.signal,
    hosts: rules,
    isFork: trigger.isFork,
    usesRunnerCache: inputs.cache,
    base: baseOf(trigger.trust, checkout),
    within: { checkout: inputs.workspace, store: process.env.NIX_STORE_DIR ?? '/nix/store' },
  });
  await requireSandbox(inputs, trigger, parts);
  if (inputs.mode === 'check') return check({ inputs, trigger, parts, checkout });
  const runner: Runner = {
    ...{ inputs, trigger, parts, checkout },
    ...connect(kind, inputs, trigger, parts, client),
    index: process.env.UV_DEFAULT_INDEX ?? process.env.UV_INDEX_URL,
  };
  if (inputs.mode === 'publish') return publishComputed(runner);
  if (inputs.mode === 'compute') await removeResult(inputs.result, inputs.workspace);
  const results = await runAction(runner);
  if (inputs.mode === 'compute') {
    const { head } = await checkout();
    const proposed = results.map((result) => result.proposed);
    await writeResult(proposed, head, inputs.result);
  }
  await publishOutputs(results);
}

/** The client is half of the bundle, so it is loaded while Nix evaluates, and only if needed. */
async function client(token: string, url: string, answers?: Answers): Promise<Client> {
  const [{ createClient }, { makeOctokit }] = await Promise.all([
    import('./pull-request/github/client.ts'),
    import('./pull-request/github/octokit.ts'),
  ]);
  return createClient(makeOctokit, token, url, log, {}, answers);
}

/** Publishes the results of other jobs. */
async function publishComputed(runner: Runner): Promise<void> {
  const results = await publishResults(runner);
  const told = results.map(({ name, published }) => {
    const { autoMerge: _, ...rest } = published;
    return { name, ...rest };
  });
  setJson('results', told);
  const first = told.find(({ outcome }) => outcome !== 'none') ?? told[0];
  setOutput('outcome', first?.outcome ?? 'none');
  setOutput('pull-request-number', String(first?.number ?? ''));
  setOutput('pull-request-url', first?.url ?? '');
  setOutput('branch', first?.branch ?? '');
  setOutput('commit', first?.commit ?? '');
  const texts = results.flatMap(({ reports, published }) =>
    reports.map((report) => summary(report, published)),
  );
  await writeSummary(process.env, texts.join('\n'));
}

/** Checks, annotates the lines of stale hashes, and fails for anything but `current`. */
async function check(runner: Parameters<typeof checkAll>[0]): Promise<void> {
  const { checks, root } = await checkAll(runner);
  const { status, patch, hashes, results } = checkOutputs(checks, root);
  setOutput('status', status);
  setOutput('patch', patch);
  setOutput('hashes', hashes);
  setOutput('results', results);
  await writeSummary(process.env, checkSummaries(checks, lackOf(await runner.parts.sandbox())));
  for (const { name, checked } of checks) {
    for (const one of checked?.warnings ?? []) log.warning(`${name}: ${one}`);
    for (const one of checked?.notChecked ?? []) log.info(`${name}: not checked: ${one}`);
    if (checked?.status === 'current') log.info(`${name}: ${checked.message}`);
  }
  for (const one of checkAnnotations(checks)) tell(one);
  process.exitCode = checkExit(checks);
}

async function publishOutputs(results: readonly ProposalResult[]): Promise<void> {
  setJson('results', results.map(asResult));
  const first = results.find(({ edits }) => edits.length > 0) ?? results[0];
  if (!first) return;
  const { outcome, hashes, number, url } = asResult(first);
  setOutput('outcome', outcome);
  setOutput('changed', String(first.edits.length > 0));
  setJson('hashes', hashes);
  setOutput('pull-request-number', String(number ?? ''));
  setOutput('pull-request-url', url ?? '');
  setOutput('branch', first.published?.branch ?? '');
  setOutput('commit', first.published?.commit ?? '');
  setJson('report', first.reports[0] ?? {});
  const texts = results.flatMap(({ reports, published }) =>
    reports.map((report) => summary(report, published)),
  );
  await writeSummary(process.env, texts.join('\n'));
}

function asResult({ name, edits, updated, published }: ProposalResult) {
  const changed = edits.length > 0;
  const hashes = updated.flatMap(({ update }) =>
    update.hashes.map(({ system, before, after }) => [system, { before, after }]),
  );
  return {
    name,
    outcome: published && changed ? published.outcome : outcomeWithout(changed, published?.outcome),
    branch: published?.branch,
    number: published?.number,
    url: published?.url,
    hashes: Object.fromEntries(hashes),
  };
}

/** The outcome without a published change; a pull request may have been closed even so. */
function outcomeWithout(changed: boolean, published: string | undefined): string {
  if (published === 'closed') return 'closed';
  return changed ? 'changed' : 'current';
}

/** Reports cause and fix on the line concerned; a defect of uv-fod with its stack. */
async function fail(thrown: unknown): Promise<void> {
  const error = asUserError(thrown);
  if (!(error instanceof UserError)) {
    core.setFailed(
      harmless(
        `This is a defect of uv-fod, please report it: ${error instanceof Error ? error.stack : String(error)}`,
      ),
    );
    return;
  }
  tell(error);
  process.exitCode = core.ExitCode.Failure;
  await writeSummary(process.env, failureSummary(error));
}

/** Annotates the line concerned, with the relevant lines of the log. */
function tell(error: UserError): void {
  const root = process.env.GITHUB_WORKSPACE ?? process.cwd();
  const { message, properties } = annotationOf(error, root);
  core.error(message, properties);
}

let scratch: string | undefined;
const clean = (): void => {
  if (scratch !== undefined) rmSync(scratch, { recursive: true, force: true });
};
const cancellation = cancelOnSignals(clean);
reportUncaught((error) => {
  void fail(error);
  clean();
});
let isDone = false;
try {
  scratch = mkdtempSync(path.join(process.env.RUNNER_TEMP || tmpdir(), 'uv-fod-'));
  await main(cancellation, scratch);
  isDone = true;
} catch (error) {
  await fail(error);
} finally {
  clean();
}
// Abandoned work may still hold connections; nothing waits for them.
const code = cancellation.code();
if (code !== undefined) process.exit(code);
if (isDone) {
  // The output is flushed; freeing memory and waiting for idle connections would only take time.
  for (const stream of [process.stdout, process.stderr]) await new Promise((done) => stream.write('', done));
  process.exit();
}
