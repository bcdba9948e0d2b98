/** The beginning of an answer. */
export interface Head {
  readonly status: number;
  /** By name in lower case; of a header that comes several times the first. */
  readonly headers: ReadonlyMap<string, string>;
  /** Whether another request may be made on the connection when the body has ended. */
  readonly keepsAlive: boolean;
}

/** Takes what a body is wrapped in off it (RFC 9112, 6). */
export interface Frame {
  /**
   * @param give gets the body's own bytes, as views of `bytes`
   * @returns how many of `bytes` belonged to the body and its wrapping; fewer than all only once it has ended
   * @throws Error for wrapping that is none
   */
  readonly take: (bytes: Buffer, give: (piece: Buffer) => void) => number;
  readonly isDone: () => boolean;
  /** Whether the body ends with the connection. */
  readonly isOpenEnded: boolean;
  /** Tells that the connection ended. */
  readonly end: () => void;
}

const longestLine = 1024;

/**
 * @param text status line and headers, without the empty line after them
 * @throws Error where it is no answer of HTTP/1
 */
export function parseHead(text: string): Head {
  const [first = '', ...lines] = text.split('\r\n');
  const [, minor, status] = /^HTTP\/1\.([01]) ([1-5]\d\d)(?: |$)/.exec(first) ?? [];
  if (status === undefined) throw new Error('the answer is not one of HTTP/1.1');
  const headers = new Map<string, string>();
  for (const line of lines) {
    const colon = line.indexOf(':');
    // RFC 9112, 5.1 and 5.2: neither space before the colon nor lines that go on.
    if (!/^[!#$%&'*+.^_`|~\w-]+$/.test(line.slice(0, Math.max(0, colon))))
      throw new Error('the answer has a header that is none');
    const name = line.slice(0, colon).toLowerCase();
    const value = line.slice(colon + 1).trim();
    if (name === 'content-length' && headers.has(name) && headers.get(name) !== value)
      throw new Error('the answer has two lengths');
    if (!headers.has(name)) headers.set(name, value);
  }
  const connection = headers.get('connection')?.toLowerCase() ?? '';
  return {
    status: Number(status),
    headers,
    keepsAlive: minor === '1' ? !connection.includes('close') : connection.includes('keep-alive'),
  };
}

/** How the body of an answer to a GET is wrapped (RFC 9112, 6.3). */
export function frameOf({ status, headers }: Head): Frame {
  const coding = headers.get('transfer-encoding');
  const length = headers.get('content-length');
  if (status < 200 || status === 204 || status === 304) return ofLength(0);
  if (coding !== undefined) {
    if (coding.toLowerCase() !== 'chunked')
      throw new Error('the answer has an encoding that nobody asked for');
    return chunked();
  }
  if (length === undefined) return untilTheEnd();
  if (!/^\d{1,15}$/.test(length)) throw new Error('the answer has a length that is no number');
  return ofLength(Number(length));
}

function ofLength(length: number): Frame {
  let left = length;
  return {
    isOpenEnded: false,
    end: () => {},
    isDone: () => left === 0,
    take: (bytes, give) => {
      const count = Math.min(left, bytes.length);
      left -= count;
      if (count > 0) give(count === bytes.length ? bytes : bytes.subarray(0, count));
      return count;
    },
  };
}

function untilTheEnd(): Frame {
  let hasEnded = false;
  return {
    isOpenEnded: true,
    end: () => {
      hasEnded = true;
    },
    isDone: () => hasEnded,
    take: (bytes, give) => {
      give(bytes);
      return bytes.length;
    },
  };
}

/** RFC 9112, 7.1: each piece with its length before it, in hexadecimal. */
function chunked(): Frame {
  let state: 'size' | 'data' | 'after' | 'trailer' | 'done' = 'size';
  let [left, line] = [0, ''];
  const endOfLine = (): void => {
    if (state === 'after') {
      if (line !== '') throw new Error('the answer has a piece that is longer than it says');
      state = 'size';
    } else if (state === 'trailer') {
      if (line === '') state = 'done';
    } else {
      const [, size] = /^([0-9a-fA-F]{1,12})\s*(?:;|$)/.exec(line) ?? [];
      if (size === undefined) throw new Error('the answer has a piece without a length');
      left = Number.parseInt(size, 16);
      state = left === 0 ? 'trailer' : 'data';
    }
    line = '';
  };
  return {
    isOpenEnded: false,
    end: () => {},
    isDone: () => state === 'done',
    take: (bytes, give) => {
      let at = 0;
      while (at < bytes.length && state !== 'done') {
        if (state === 'data') {
          const count = Math.min(left, bytes.length - at);
          give(bytes.subarray(at, at + count));
          at += count;
          left -= count;
          if (left === 0) state = 'after';
          continue;
        }
        const end = bytes.indexOf(10, at);
        const stop = end < 0 ? bytes.length : end;
        line += bytes.toString('latin1', at, stop);
        if (line.length > longestLine) throw new Error('the answer has a line without an end');
        at = Math.min(bytes.length, stop + 1);
        if (end < 0) continue;
        line = line.replace(/\r$/, '');
        endOfLine();
      }
      return at;
    },
  };
}
