/** The entry of one host. */
interface Login {
  login: string;
  password: string;
}

/** Describes a status. For 401 it lists the sources of logins, which exclude uv's keyring. */
export const statusText = (status: number): string =>
  status === 401
    ? 'status 401 (logins come from a netrc file, NETRC, or UV_INDEX_<NAME>_PASSWORD; in a build from netrcPhase)'
    : `status ${status}`;

/**
 * Reads the logins of a netrc file (grammar of inetutils and curl). `default` entries are ignored:
 * an untrusted lock can name any host.
 * @returns `name:password` for a URL's host; undefined: no entry
 */
export function netrcLogins(text: string): (url: URL) => string | undefined {
  const logins = parseNetrc(text);
  return ({ hostname }) => {
    const entry = logins.get(hostname);
    return entry && `${entry.login}:${entry.password}`;
  };
}

function parseNetrc(text: string): Map<string, Login> {
  const logins = new Map<string, Login>();
  let current: Login | undefined;
  const words = withoutMacros(text)
    .split(/\s+/)
    .filter((word) => word !== '');
  for (let index = 0; index < words.length; index += 1) {
    const word = words[index];
    if (word === 'default') current = undefined;
    else if (word === 'machine') {
      index += 1;
      current = { login: '', password: '' };
      // As curl does, use the first entry of a host.
      const host = words[index] ?? '';
      if (!logins.has(host)) logins.set(host, current);
    } else if (word === 'login' || word === 'password') {
      index += 1;
      if (current) current[word] = words[index] ?? '';
    } else if (word === 'account') index += 1;
  }
  return logins;
}

/** Removes comments, and macros, which end with an empty line. */
function withoutMacros(text: string): string {
  let inMacro = false;
  const kept: string[] = [];
  for (const line of text.split('\n')) {
    if (line.trim() === '') inMacro = false;
    else if (/^\s*macdef\s/.test(line)) inMacro = true;
    else if (!inMacro && !line.trimStart().startsWith('#')) kept.push(line);
  }
  return kept.join('\n');
}
