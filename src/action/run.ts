import path from 'node:path';
import type { LockDiff } from '../plan/index.ts';
import { unlessCancelled } from '../ports/cancelled.ts';
import { UserError } from '../ports/errors.ts';
import type { Log } from '../ports/log.ts';
import { publish } from '../pull-request/publish.ts';
import type { Client, FileChange, PublishRequest, PublishResult } from '../pull-request/types.ts';
import { body, bodyKey } from '../report/report.ts';
import type { Report } from '../report/types.ts';
import { type Parts, type Update, type UpdateRequest, update } from '../update/update.ts';
import { lockChanges, tellChanges } from './changes.ts';
import { type Checkout, openCheckout } from './checkout.ts';
import type { Trigger } from './context.ts';
import type { Inputs } from './inputs.ts';
import { reportOf } from './report.ts';

/** What the entry point hands in. */
export interface Runner {
  readonly inputs: Inputs;
  readonly trigger: Trigger;
  readonly parts: Parts;
  readonly client: () => Promise<Client>;
}

export interface ActionResult {
  readonly update: Update;
  readonly published: PublishResult | undefined;
  readonly report: Report;
}

/** One run of the Action: from the lock to the pull request. The checkout is left as it was, unless no pull request is asked for. */
export async function runAction({ inputs, trigger, parts, client }: Runner): Promise<ActionResult> {
  const { log } = parts;
  const checkout = await openCheckout(inputs.workspace, parts.run);
  const where = { file: inputs.file, attribute: inputs.attribute };
  let diff: LockDiff | undefined;
  const onPlanned: UpdateRequest['onPlanned'] = async (planned) => {
    diff = await lockChanges(planned, checkout, trigger.before, log);
    if (diff) await tellChanges(diff, log);
  };
  const updated = await update({ where, verify: inputs.verify, onPlanned }, parts);
  try {
    tellHashes(updated, log);
    const report = reportOf(updated, diff, updated.stages);
    if (!inputs.pullRequest) {
      await updated.keep();
      return { update: updated, published: undefined, report };
    }
    const published = await log.group('Pull request', async () =>
      unlessCancelled(
        publish(await client(), publishRequest(inputs, trigger, checkout, updated, report), log),
        parts.stop,
      ),
    );
    await updated.undo();
    return { update: updated, published, report };
  } catch (error) {
    await updated.undo();
    throw error;
  }
}

function tellHashes({ hashes, edits }: Update, log: Log): void {
  for (const { system, before, after } of hashes) {
    log.info(
      before === after ? `${system}: ${after}, as before` : `${system}: ${before || '(none)'} → ${after}`,
    );
  }
  if (edits.length === 0) log.info('Nothing to do: hash and build lock are what uv.lock asks for.');
}

function publishRequest(
  inputs: Inputs,
  trigger: Trigger,
  checkout: Checkout,
  updated: Update,
  report: Report,
): PublishRequest {
  const { owner, repo, base, run } = trigger;
  const title = `${updated.pinned.pname}: update the hash of its Python dependencies`;
  return {
    ...{ owner, repo, run, title },
    files: updated.edits.map(
      ({ file, after }): FileChange => ({ path: inCheckout(checkout, file), content: after }),
    ),
    base: { ref: base, sha: checkout.head },
    branch: inputs.branch,
    computedFrom: [inCheckout(checkout, updated.project.lockFile)],
    commitMessage: title,
    body: body(report),
    bodyKey: bodyKey(report),
  };
}

/** A file's path in the repository; what lies elsewhere is not this repository's to change. */
function inCheckout({ root }: Checkout, file: string): string {
  const relative = path.relative(root, file);
  if (!relative.startsWith('..') && !path.isAbsolute(relative)) return relative;
  throw new UserError(
    'outside-checkout',
    `${file} has to change, but it lies outside the checkout ${root}; keep the derivation's hash and build lock in this repository.`,
  );
}
