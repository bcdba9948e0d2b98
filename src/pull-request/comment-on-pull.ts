import type { Log } from '../system/log.ts';
import { isUnavailable } from './failures.ts';
import type { Forge } from './forge.ts';
import type { PublishRequest, PublishResult, PullComment, Reason } from './types.ts';

const MARKER = '<!-- uv-fod fork -->';

/** The comment to write on a fork's pull request. */
interface CommentRequest extends Pick<PublishRequest, 'branch' | 'base' | 'files' | 'fork'> {
  /** Markdown, at most as long as GitHub allows. */
  readonly text: string;
}

/**
 * Writes our one comment on the pull request of a fork, or updates the existing one; without files
 * to report, it only updates. Writes nothing if the pull request was changed meanwhile.
 * @throws UserError if the forge refuses
 */
export async function commentOnPull(
  forge: Forge,
  { fork, branch, base, files, text }: CommentRequest,
  number: number,
  log: Log,
): Promise<PublishResult> {
  const pull = (await forge.pulls.list(branch, fork)).find((one) => one.number === number);
  const none = (reason: Reason): PublishResult => ({ outcome: 'none', reason, branch, number });
  if (!pull?.isOpen) {
    log.warning(`#${number} was ${pull?.isMerged ? 'merged' : 'closed'}, so nothing is written.`);
    return none('pull-request-closed');
  }
  if (pull.head !== base.sha) {
    log.warning(`\`${branch}\` was moved from ${base.sha} to ${pull.head} meanwhile, so nothing is written.`);
    return none('head-moved');
  }
  const isWritten = await keepOne(forge, number, `${text}\n\n${MARKER}`, files.length > 0);
  if (isWritten) log.info(`The comment on #${number} is up to date.`);
  return { ...none(files.length > 0 ? 'in-comment' : 'unchanged'), url: pull.url };
}

/**
 * Reads the comments before each try to write one, because a retry after a lost answer would post
 * it twice; and once more afterwards, because another run may have posted one meanwhile.
 * @param isNews whether to write a comment if it is missing
 * @returns whether there is a comment now
 */
async function keepOne(
  { forks, pulls }: Forge,
  number: number,
  body: string,
  isNews: boolean,
): Promise<boolean> {
  if (!forks) return false;
  const login = await forks.login();
  const ours = async (): Promise<PullComment[]> =>
    (await pulls.comments(number))
      .filter((one) => one.author === login && one.body.endsWith(MARKER))
      .sort((a, b) => a.id - b.id);
  for (let tries = 1; ; tries++) {
    const [first] = await ours();
    if (first?.body === body) return true;
    if (!first && !isNews) return false;
    try {
      if (first) await forks.editComment(first.id, body);
      else await pulls.comment(number, body);
      break;
    } catch (error) {
      if (!isUnavailable(error) || tries === 3) throw error;
    }
  }
  for (const { id } of (await ours()).slice(1)) await forks.removeComment(id);
  return true;
}
