import type { Answers } from '../pull-request/answers.ts';
import type { Forge } from '../pull-request/forge.ts';
import { forgejoAnswers } from '../pull-request/forgejo/answers.ts';
import { forgejoForge } from '../pull-request/forgejo/forgejo.ts';
import type { Client } from '../pull-request/github/client.ts';
import { githubForge } from '../pull-request/github/github.ts';
import { once } from '../system/once.ts';
import type { Context } from '../update/types.ts';
import type { Trigger } from './context.ts';
import type { Inputs } from './inputs.ts';
import type { Runner } from './run.ts';

/** What the repository lives on. Gitea and Forgejo are reached in the same way. */
type ForgeKind = 'github' | 'forgejo' | 'gitea';

/** What a runner's environment says of its kind, by the names of its variables. */
type Marks = Readonly<Partial<Record<'FORGEJO_ACTIONS' | 'GITEA_ACTIONS', string>>>;

/**
 * Which kind a run is on: Forgejo's runner sets both marks, Gitea's the second, GitHub's neither. By them and not by a request, so that it is
 * known before anything is asked, and the same each time.
 */
export function forgeKind(asked: 'auto' | ForgeKind, marks: Marks): ForgeKind {
  if (asked !== 'auto') return asked;
  if (marks.FORGEJO_ACTIONS === 'true') return 'forgejo';
  return marks.GITEA_ACTIONS === 'true' ? 'gitea' : 'github';
}

/** GitHub's own, which a run elsewhere asks without a token for the releases of projects there. */
const GITHUB = { api: 'https://api.github.com', pages: 'https://github.com' };

/** Ways to the forge, and to GitHub for releases. */
type Connections = Pick<Runner, 'client' | 'githubUrl' | 'forge'>;

/** Makes a client; an empty token is none. */
type MakeClient = (token: string, baseUrl: string, answers?: Answers) => Promise<Client>;

/** How this run reaches its forge, and GitHub for releases. The forge's token goes to the forge alone. */
export function connect(
  kind: ForgeKind,
  { token }: Pick<Inputs, 'token'>,
  trigger: Trigger,
  { run, scratch }: Pick<Context, 'run' | 'scratch'>,
  makeClient: MakeClient,
): Connections {
  const { owner, repo, serverUrl, apiUrl } = trigger;
  if (kind === 'github') {
    // One for all: it counts GitHub's rate limits, and making it takes a while.
    const client = once(() => makeClient(token, apiUrl));
    return { client, githubUrl: serverUrl, forge: async () => githubForge(await client(), trigger) };
  }
  const forge = async (): Promise<Forge> => {
    const api = await makeClient(token, `${serverUrl.replace(/\/$/, '')}/api/v1`, forgejoAnswers);
    return forgejoForge({
      ...{ run, scratch },
      ask: (route, values) => api.request(route, { ...values }),
      remote: { serverUrl, owner, repo, token },
    });
  };
  return { client: async () => makeClient('', GITHUB.api), githubUrl: GITHUB.pages, forge };
}
