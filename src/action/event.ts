/** The event that started a workflow, as the runner tells it. */
export interface RunnerEvent {
  readonly name: string;
  readonly payload: Readonly<Record<string, unknown>>;
  readonly ref: string;
  readonly repo: { readonly owner: string; readonly repo: string };
  readonly runId: number;
  readonly apiUrl: string;
  readonly serverUrl: string;
}

/**
 * Reads it out of the variables that GitHub documents ("Default environment variables"). `@actions/github` has the same, and loads its whole client
 * for it; a run that finds nothing to do asks GitHub little.
 * @param readFile gives a file's text, or undefined where there is none
 */
export function readEvent(
  environment: Readonly<Record<string, string | undefined>>,
  readFile: (file: string) => string | undefined,
): RunnerEvent {
  const get = (name: string): string => environment[`GITHUB_${name}`] ?? '';
  const text = get('EVENT_PATH') === '' ? undefined : readFile(get('EVENT_PATH'));
  const payload: unknown = text ? JSON.parse(text) : {};
  const [owner = '', repo = ''] = get('REPOSITORY').split('/');
  return {
    name: get('EVENT_NAME'),
    payload: typeof payload === 'object' && payload !== null ? { ...payload } : {},
    ref: get('REF'),
    repo: { owner, repo },
    runId: Number(get('RUN_ID')),
    apiUrl: get('API_URL') || 'https://api.github.com',
    serverUrl: get('SERVER_URL') || 'https://github.com',
  };
}
