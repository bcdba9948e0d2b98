/** An answer on its way out. A string body is sent as HTML, anything else as JSON. */
export interface Reply {
  status: number;
  body?: unknown;
  headers?: Record<string, string>;
}

/** Thrown by handlers: the answer in GitHub's shape for errors. */
export class Refusal extends Error {
  readonly reply: Reply;

  constructor(
    status: number,
    message: string,
    more: { errors?: unknown[]; headers?: Record<string, string> } = {},
  ) {
    super(message);
    const body = {
      message,
      ...(more.errors ? { errors: more.errors } : {}),
      documentation_url: 'https://docs.github.com/rest',
      status: String(status),
    };
    this.reply = { status, body, ...(more.headers ? { headers: more.headers } : {}) };
  }
}

export const ok = (body: unknown): Reply => ({ status: 200, body });
export const created = (body: unknown): Reply => ({ status: 201, body });
export const notFound = (): Refusal => new Refusal(404, 'Not Found');

/** 422 as GitHub words it: the list says which field of which resource is wrong. */
export function invalid(resource: string, field: string, code: string): Refusal {
  return new Refusal(422, 'Validation Failed', { errors: [{ resource, field, code }] });
}

/** 422 with a sentence of its own. */
export function refused(resource: string, message: string): Refusal {
  return new Refusal(422, 'Validation Failed', { errors: [{ resource, code: 'custom', message }] });
}
