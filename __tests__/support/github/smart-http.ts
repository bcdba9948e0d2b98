import type { IncomingMessage, ServerResponse } from 'node:http';
import path from 'node:path';
import { answer } from '../nix/git-source.ts';
import type { Hub } from './route.ts';
import type { Token } from './types.ts';

/**
 * Git over HTTP for a fork: anyone reads. A user's token pushes if an open pull request of the fork
 * allows edits by maintainers; GITHUB_TOKEN never does. GitHub limits that to the branch of the
 * pull request; this does not.
 * @returns false if the path is none of git's
 */
export function answerGit(
  hub: Hub,
  tokens: ReadonlyMap<string, Token>,
  request: IncomingMessage,
  response: ServerResponse,
): boolean {
  const { pathname, search } = new URL(request.url ?? '/', 'http://127.0.0.1');
  const [, owner = '', name = '', rest = ''] = /^\/([^/]+)\/([^/]+)\.git(\/.*)$/.exec(pathname) ?? [];
  const fork = hub.forks.get(owner);
  if (fork?.fullName !== `${owner}/${name}`) return false;
  const basic = /^Basic (\S+)$/i.exec(request.headers.authorization ?? '')?.[1] ?? '';
  const token = tokens.get(
    Buffer.from(basic, 'base64')
      .toString()
      .replace(/^[^:]*:/, ''),
  );
  const isPush = `${pathname}${search}`.includes('git-receive-pack');
  const isAllowed = hub.store.state.pulls.some(
    ({ state, head, maintainer_can_modify }) =>
      state === 'open' && head.fork === owner && maintainer_can_modify,
  );
  const may = token?.kind === 'personal' && token.permissions.contents === 'write' && isAllowed;
  if (isPush && !may) {
    response.statusCode = token ? 403 : 401;
    response.end(`Permission to ${fork.fullName}.git denied to ${token?.login}.`);
    return true;
  }
  const { directory } = fork.git;
  answer(path.dirname(directory), request, response, `/${path.basename(directory)}${rest}`, token?.login);
  return true;
}
