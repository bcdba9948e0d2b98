import { jsonOf } from '../system/bounded-json.ts';
/** The event that started a workflow, as the runner describes it. */
export interface RunnerEvent {
  readonly name: string;
  /** Undefined if it is missing, empty or not a JSON object. */
  readonly payload: Readonly<Record<string, unknown>> | undefined;
  readonly ref: string;
  /** Commit of the event; the checked-out commit may be a different one. */
  readonly sha: string;
  readonly repo: { readonly owner: string; readonly repo: string };
  readonly runId: number;
  /** URL of the run's page. Forgejo's has the run's number in the repository, others the run id. */
  readonly runPage: string;
  readonly apiUrl: string;
  readonly serverUrl: string;
}

/**
 * Reads the event (GitHub's documentation, "Default environment variables").
 * @param readFile returns a file's text, or undefined if it is missing
 */
export async function readEvent(
  environment: Readonly<Record<string, string | undefined>>,
  readFile: (file: string) => Promise<string | undefined>,
): Promise<RunnerEvent> {
  const get = (name: string): string => environment[`GITHUB_${name}`] ?? '';
  const text = get('EVENT_PATH') === '' ? undefined : await readFile(get('EVENT_PATH'));
  const [owner = '', repo = ''] = get('REPOSITORY').split('/');
  const serverUrl = get('SERVER_URL') || 'https://github.com';
  const run = get(environment.FORGEJO_ACTIONS === 'true' ? 'RUN_NUMBER' : 'RUN_ID');
  return {
    name: get('EVENT_NAME'),
    payload: payloadOf(text),
    ...{ ref: get('REF'), sha: get('SHA') },
    repo: { owner, repo },
    runId: Number(get('RUN_ID')),
    runPage: `${serverUrl}/${owner}/${repo}/actions/runs/${run}`,
    apiUrl: get('API_URL') || 'https://api.github.com',
    serverUrl,
  };
}

function payloadOf(text: string | undefined): RunnerEvent['payload'] {
  const payload = jsonOf(text ?? '');
  if (typeof payload !== 'object' || payload === null || Array.isArray(payload)) return undefined;
  return Object.keys(payload).length === 0 ? undefined : { ...payload };
}
