/** What a netrc file says of one host. */
interface Login {
  login: string;
  password: string;
}

/**
 * Reads the logins of a netrc file, for the very hosts that it names and for no others. `default` entries are left out on purpose: an
 * untrusted lock may name any host.
 * @param text contents of the file, whose grammar is that of inetutils' and curl's netrc: `machine HOST login NAME password WORD`
 * @returns `name:password` for a URL's host; undefined: none
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
      // The first entry of a host counts, as with curl.
      const host = words[index] ?? '';
      if (!logins.has(host)) logins.set(host, current);
    } else if (word === 'login' || word === 'password') {
      index += 1;
      if (current) current[word] = words[index] ?? '';
    } else if (word === 'account') index += 1;
  }
  return logins;
}

/** Comments, and macros, which go on until an empty line. */
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
