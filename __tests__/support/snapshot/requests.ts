import type { LoggedRequest } from '../github/types.ts';

type Body = Readonly<Record<string, unknown>>;

/**
 * A request at the loopback GitHub, for people: `*` before what writes, then what decides about it.
 */
export function describeRequest(request: LoggedRequest): string {
  const { method, path, query, write, status } = request;
  const mark = write > 0 ? '*' : ' ';
  const body = (request.body ?? {}) as Body;
  const refusal = status >= 400 ? ` → ${status}` : '';
  if (path === '/graphql') return `${mark} GraphQL ${operation(body)}${refusal}`;
  const details = Object.entries(body).map(([key, value]) => `\n      ${key}: ${detail(key, value)}`);
  return `${mark} ${method} ${path}${decodeURIComponent(query)}${refusal}${details.join('')}`;
}

function operation({ query, variables }: Body): string {
  const [, kind = '', name = ''] = /^\s*(query|mutation) (\w+)/.exec(String(query)) ?? [];
  return `${kind} ${name} ${JSON.stringify(variables)}`;
}

/**
 * The text of a body is looked at where it is what a scenario is about; a tree is told by its
 * paths.
 */
function detail(key: string, value: unknown): string {
  if (key === 'body' && typeof value === 'string') return '…';
  if (key === 'tree' && Array.isArray(value))
    return value.map((entry: { path: string; mode: string }) => `${entry.mode} ${entry.path}`).join(', ');
  return JSON.stringify(value);
}
