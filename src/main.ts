// The Action's entry, the only place that reads the runner's environment.

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import * as core from '@actions/core';
import manifest from '../package.json' with { type: 'json' };
import { annotationOf } from './action/annotation.ts';
import { baseOf } from './action/base.ts';
import { checkAll } from './action/check.ts';
import { readEvent } from './action/event.ts';
import { connect, forgeKind } from './action/forge.ts';
import { loadInputs } from './action/inputs.ts';
import { writeOutputs } from './action/outputs.ts';
import { requireHead, STALE_HEAD, staleHead } from './action/own-pull.ts';
import { publishResults } from './action/publish.ts';
import { removeResult, writeResult } from './action/results.ts';
import { runAction } from './action/run.ts';
import type { Runner } from './action/runner.ts';
import { requireSandbox } from './action/sandbox.ts';
import { readTrigger } from './action/trigger.ts';
import { makeWriteSboms } from './contents/sbom.ts';
import { indexSecrets } from './fetch/index-logins.ts';
import { basic } from './pull-request/forgejo/git.ts';
import type { Answers } from './pull-request/github/answers.ts';
import { type Client, createClient } from './pull-request/github/client.ts';
import { failureSummary } from './pull-request/report/report.ts';
import { writeSummary } from './system/action-outputs.ts';
import { type Cancellation, cancelOnSignals } from './system/cancel.ts';
import { UserError } from './system/errors.ts';
import { readText } from './system/files.ts';
import { actionLog } from './system/log.ts';
import { harmless } from './system/printable.ts';
import { once } from './system/promises.ts';
import { asUserError } from './system/system-error.ts';
import { reportUncaught } from './system/uncaught.ts';
import { openCheckout } from './update/checkout.ts';
import { makeContext } from './update/context.ts';

const { env } = process;
const log = actionLog(core);
const temporary = env.RUNNER_TEMP || tmpdir();
const workspace = path.resolve(env.GITHUB_WORKSPACE ?? process.cwd());

async function main(cancellation: Cancellation, scratch: string): Promise<void> {
  const inputs = loadInputs(core.getInput, workspace);
  const { mode, token } = inputs;
  const kind = forgeKind(inputs.forge, env);
  if (token !== '') core.setSecret(token);
  for (const secret of indexSecrets(env)) core.setSecret(secret);
  // Mask the token also in the form that git sends.
  if (token !== '' && kind !== 'github') core.setSecret(basic(token));
  const trigger = readTrigger(await readEvent(env, readText), inputs, kind === 'github');
  const isUntrusted = trigger.trust.kind !== 'own';
  const checkout = once(() => openCheckout(workspace, context.run));
  const base = baseOf(trigger.trust, inputs.config, checkout);
  const context = makeContext(env, log, scratch, {
    stop: cancellation.signal,
    hosts: async () => ({ allowedHosts: (await base.config())?.allowedHosts, isUntrusted }),
    isFork: trigger.isFork,
    settings: base.settings,
    usesRunnerCache: inputs.cache,
    base: { baseText: base.text, isUntrusted },
    within: { checkout: workspace, store: env.NIX_STORE_DIR ?? '/nix/store' },
  });
  const connections = connect(kind, token, trigger, context, client);
  const isSandboxed = requireSandbox(inputs, trigger, context);
  isSandboxed.catch(() => {});
  await requireHead(trigger, checkout);
  await checkout();
  // Load the library while Nix runs. A failure is reported by later calls.
  if (mode !== 'check') connections.hub().catch(() => {});
  await isSandboxed;
  // Read the allowed hosts while Nix evaluates. A failure is reported by later calls.
  base.config().catch(() => {});
  const runner: Runner = {
    ...{ inputs, trigger, context, checkout, base, ...connections },
    writeSboms: makeWriteSboms(temporary, manifest.version),
    index: env.UV_DEFAULT_INDEX ?? env.UV_INDEX_URL,
  };
  if (mode === 'check') {
    const { exitCode, annotations, summary } = await checkAll(runner);
    await writeSummary(env, summary);
    for (const one of annotations) annotate(one);
    process.exitCode = exitCode;
    return;
  }
  if (mode === 'compute') await removeResult(inputs.result, workspace);
  const results = await (mode === 'publish' ? publishResults(runner) : runAction(runner));
  if (mode === 'compute') {
    const proposed = results.map((result) => result.proposed);
    await writeResult(proposed, (await checkout()).head, inputs.result);
  }
  await writeOutputs(results, env);
  const stale = staleHead(runner, results);
  if (stale === undefined) return;
  annotate(stale);
  process.exitCode = STALE_HEAD;
}

async function client(token: string, url: string, answers?: Answers): Promise<Client> {
  // Loaded on demand: a separate file in dist/, larger than the rest of this program.
  const { makeOctokit } = await import('./pull-request/github/octokit.ts');
  return createClient(makeOctokit, token, url, log, {}, answers);
}

/** Reports cause and fix on the line concerned; a defect of uv-fod with its stack. */
async function fail(thrown: unknown): Promise<void> {
  const error = asUserError(thrown);
  if (error instanceof UserError) {
    annotate(error);
    process.exitCode = core.ExitCode.Failure;
    return writeSummary(env, failureSummary(error));
  }
  const stack = error instanceof Error ? error.stack : String(error);
  core.setFailed(harmless(`This is a defect of uv-fod, please report it: ${stack}`));
}

/** Annotates the line concerned, with the relevant lines of the log. */
function annotate(error: UserError): void {
  const { message, properties } = annotationOf(error, workspace);
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
  scratch = mkdtempSync(path.join(temporary, 'uv-fod-'));
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
