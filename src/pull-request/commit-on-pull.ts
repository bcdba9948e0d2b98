import type { Log } from '../system/log.ts';
import { commitFiles, readBranch } from './branch.ts';
import { sameEntry, wantedFiles } from './files.ts';
import type { Forge, Publication } from './forge.ts';
import { inRounds } from './rounds.ts';
import type { CommitView, PublishRequest, PublishResult, Reason } from './types.ts';

/**
 * Publishes files as one commit on the branch of an open pull request; never opens one. If the head
 * is our commit, the new commit replaces it; commits by others are never rewritten. Writes nothing
 * if the pull request is no longer as it was when the files were computed.
 *
 * @param request its branch and base are the pull request's; the base commit is the pull request's
 *   head that everything was computed from; in a fork nothing is replaced
 * @throws UserError if the forge refuses
 */
export async function commitOnPull(
  forge: Forge,
  request: PublishRequest,
  number: number,
  log: Log,
): Promise<PublishResult> {
  const { branch, files, commitMessage } = request;
  if (files.length === 0) return { outcome: 'none', reason: 'unchanged', branch };
  const marked = DEPENDABOT.test(branch) ? `${commitMessage.trimEnd()}\n\n${SKIP}` : commitMessage;
  return inRounds(forge, { ...request, commitMessage: marked }, log, (publication) =>
    commitOnce(publication, number),
  );
}

/** Branches of Dependabot; `pull-request-branch-name.separator` is one of these. */
const DEPENDABOT = /^dependabot[-_/]/;

/**
 * Dependabot rebases a branch with commits of others only if their messages contain this text
 * (GitHub's documentation, "Managing pull requests for dependency updates").
 */
const SKIP = '[dependabot skip]';

async function commitOnce(publication: Publication, number: number): Promise<PublishResult | 'moved'> {
  const { forge, request, heads, log } = publication;
  const { branch, base, noteForGithubToken: note } = request;
  const nothing = (reason: Reason, why: string): PublishResult => {
    log.warning(`${why}, so nothing is written.`);
    return { outcome: 'none', reason, branch, number };
  };
  const head = heads.branch;
  if (!head) return nothing('branch-deleted', `The branch \`${branch}\` of #${number} was deleted`);
  if (head.oid !== base.sha)
    return nothing('head-moved', `\`${branch}\` was moved from ${base.sha} to ${head.oid} meanwhile`);
  const pull = (await forge.pulls.list(branch, request.fork)).find((one) => one.number === number);
  if (!pull?.isOpen)
    return nothing('pull-request-closed', `#${number} was ${pull?.isMerged ? 'merged' : 'closed'}`);
  const files = wantedFiles(request.files, head).filter(
    (file) => !sameEntry(file, head.files.get(file.path)),
  );
  if (files.length === 0) return { outcome: 'none', reason: 'unchanged', branch, number, url: pull.url };
  const parent = await parentOf(publication, head);
  const commit = await commitFiles(publication, { parent, files });
  if (commit === undefined) return 'moved';
  if (parent.oid !== head.oid) log.info(`It replaces ${head.oid}, an earlier commit of uv-fod.`);
  if (heads.isGithubToken && note) log.info(note);
  return { outcome: 'pushed', branch, commit, number, url: pull.url };
}

/** The parent of the new commit: the head, or its parent if the head is ours; files of the head. */
async function parentOf(publication: Publication, head: CommitView): Promise<CommitView> {
  const tip = (await readBranch(publication))?.commits.at(-1);
  const [parent, ...others] = tip?.sha === head.oid && tip.ours ? tip.parents : [];
  return parent === undefined || others.length > 0 ? head : { ...head, oid: parent };
}
