// A separate file in dist (script/lib/bundle.mjs), so only types of ours are imported.
import { getOctokit } from '@actions/github';
import { defaults, GitHub } from '@actions/github/lib/utils';
import { retry } from '@octokit/plugin-retry';
import { throttling } from '@octokit/plugin-throttling';
import type { MakeOctokit, OctokitPlugin } from './api.ts';

/** Bytes of an answer; GitHub's largest, a hundred releases with their notes, has some 12 MB. */
const MAX_BYTES = 32 * 1024 * 1024;

/** Plugins inside of the given ones. Their types come from another version of Octokit. */
const patient = [retry, throttling] as unknown as OctokitPlugin[];

/**
 * `getOctokit` of @actions/github with bounded answers, retries, and waits for rate limits; an
 * empty token means unauthenticated requests.
 */
export const makeOctokit: MakeOctokit = (token, options = {}, ...plugins) => {
  const bounded = { ...options, request: { fetch: boundedFetch, ...options.request } };
  const all = [...plugins, ...patient];
  return token === '' ? new (GitHub.plugin(...all))(bounded) : getOctokit(token, bounded, ...all);
};

async function boundedFetch(...asked: Parameters<typeof fetch>): Promise<Response> {
  const answer = (await defaults.request?.fetch(...asked)) as Response;
  if (answer.body === null) return answer;
  let length = 0;
  const limit = new TransformStream<Uint8Array, Uint8Array>({
    transform: (piece, controller) => {
      length += piece.length;
      if (length > MAX_BYTES) controller.error(new Error(`the answer has more than ${MAX_BYTES} bytes`));
      else controller.enqueue(piece);
    },
  });
  const { status, statusText, headers, url } = answer;
  // The global class would make Node load its own fetch, in addition to the library's.
  const Answer = answer.constructor as typeof Response;
  const whole = new Answer(answer.body.pipeThrough(limit), { status, statusText, headers: [...headers] });
  return Object.defineProperty(whole, 'url', { value: url });
}
