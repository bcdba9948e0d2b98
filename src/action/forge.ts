import type { Forge } from '../pull-request/forge.ts';
import { forgejoAnswers } from '../pull-request/forgejo/answers.ts';
import { ForgejoCommits } from '../pull-request/forgejo/commits.ts';
import { forgejoForge } from '../pull-request/forgejo/forgejo.ts';
import { openStore } from '../pull-request/forgejo/git.ts';
import type { Answers } from '../pull-request/github/answers.ts';
import type { Client } from '../pull-request/github/client.ts';
import { githubForge } from '../pull-request/github/github.ts';
import type { Hub } from '../release/types.ts';
import { once } from '../system/promises.ts';
import type { Context } from '../update/context.ts';
import type { Trigger } from './trigger.ts';

/** Kinds of forges; Gitea and Forgejo have the same API. */
type ForgeKind = 'github' | 'forgejo' | 'gitea';

/** Variables of a runner that identify its kind. */
type Marks = Readonly<Partial<Record<'FORGEJO_ACTIONS' | 'GITEA_ACTIONS', string>>>;

/**
 * Detects the forge, without a request: Forgejo's runner sets both variables, Gitea's the second
 * one, GitHub's neither.
 */
export function forgeKind(asked: 'auto' | ForgeKind, marks: Marks): ForgeKind {
  if (asked !== 'auto') return asked;
  if (marks.FORGEJO_ACTIONS === 'true') return 'forgejo';
  return marks.GITEA_ACTIONS === 'true' ? 'gitea' : 'github';
}

/** GitHub's addresses; runs on other forges find releases there without a token. */
const GITHUB = { api: 'https://api.github.com', pages: 'https://github.com' };

/** Connections to the forge, and to GitHub for releases. */
export interface Connections {
  /** GitHub's API, where releases are looked for. */
  readonly hub: () => Promise<Hub>;
  /** Whether requests to GitHub's API have a token, which GraphQL requires. */
  readonly isHubOpen: boolean;
  /** Address of GitHub's pages. */
  readonly githubUrl: string;
  /** The repository that the workflow runs in. */
  readonly forge: () => Promise<Forge>;
}

/** Makes a client; an empty token means unauthenticated requests. */
type MakeClient = (token: string, baseUrl: string, answers?: Answers) => Promise<Client>;

/** Connects to the forge, and to GitHub for releases. Only the forge gets its token. */
export function connect(
  kind: ForgeKind,
  token: string,
  trigger: Trigger,
  { run, scratch }: Pick<Context, 'run' | 'scratch'>,
  makeClient: MakeClient,
): Connections {
  const { repo, serverUrl, apiUrl } = trigger;
  if (kind === 'github') {
    // One client for everything, because it tracks GitHub's rate limits.
    const hub = once(() => makeClient(token, apiUrl));
    return {
      hub,
      isHubOpen: token !== '',
      githubUrl: serverUrl,
      forge: async () => ({
        ...githubForge(await hub(), repo),
        // Edits by maintainers are documented for pushes only (GitHub's documentation, "Committing
        // changes to a pull request branch created from a fork").
        commitsIn: (fork) => new ForgejoCommits(openStore(run, scratch, { serverUrl, token, ...fork })),
      }),
    };
  }
  const forge = async (): Promise<Forge> => {
    const client = await makeClient(token, `${serverUrl.replace(/\/$/, '')}/api/v1`, forgejoAnswers);
    return forgejoForge({ run, client, scratch, remote: { serverUrl, token, ...repo } });
  };
  const hub = once(() => makeClient('', GITHUB.api));
  return { hub, isHubOpen: false, githubUrl: GITHUB.pages, forge };
}
