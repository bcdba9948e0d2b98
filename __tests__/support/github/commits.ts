import { createHmac } from 'node:crypto';
import type { Git } from './git.ts';
import type { Part, Schemas, Token } from './types.ts';

/** Name, address and time of whoever wrote or committed. */
export interface Person {
  name: string;
  email: string;
  /** ISO 8601 in UTC, to the second. */
  date: string;
}

/** A commit object, read. */
export interface Commit {
  sha: string;
  tree: string;
  parents: string[];
  author: Person;
  committer: Person;
  message: string;
  signature: string | null;
  /** What the signature covers: the object without it. */
  payload: string;
}

const GITHUB: Omit<Person, 'date'> = { name: 'GitHub', email: 'noreply@github.com' };
// Stands for GitHub's web-flow key: what is signed with it counts as verified here, nothing else
// does.
const KEY = 'loopback web-flow';

const now = (): string => new Date().toISOString().replace(/\.\d+Z$/, 'Z');

/** How GitHub names the account behind a token in the commits that it makes for it. */
export function identity(token: Token): Person {
  const id = token.kind === 'integration' ? 41898282 : 1000;
  return { name: token.login, email: `${id}+${token.login}@users.noreply.github.com`, date: now() };
}

const personLine = (person: Person): string =>
  `${person.name} <${person.email}> ${Math.floor(Date.parse(person.date) / 1000)} +0000`;

function sign(payload: string): string {
  const mac = createHmac('sha256', KEY).update(payload).digest('base64');
  return `-----BEGIN PGP SIGNATURE-----\n\n${mac}\n-----END PGP SIGNATURE-----`;
}

/**
 * What to make a commit of. Without people, GitHub is the committer and signs where the token is a
 * bot's.
 */
export interface NewCommit {
  message: string;
  tree: string;
  parents: readonly string[];
  author?: Person | undefined;
  committer?: Person | undefined;
  token: Token;
}

/**
 * Writes the commit object and returns its id. Signed only without custom people and for an App or
 * GITHUB_TOKEN.
 */
export async function writeCommit(git: Git, commit: NewCommit): Promise<string> {
  const bot = commit.token.kind === 'integration' && !commit.author && !commit.committer;
  const author = commit.author ?? identity(commit.token);
  const committer = commit.committer ?? (bot ? { ...GITHUB, date: now() } : author);
  const head = [
    `tree ${commit.tree}`,
    ...commit.parents.map((parent) => `parent ${parent}`),
    `author ${personLine(author)}`,
    `committer ${personLine(committer)}`,
  ].join('\n');
  const payload = `${head}\n\n${commit.message}`;
  const object = bot
    ? `${head}\ngpgsig ${sign(payload).replaceAll('\n', '\n ')}\n\n${commit.message}`
    : payload;
  return git.write('commit', object);
}

function parsePerson(line: string): Person {
  const match = /^(.*) <(.*)> (\d+) [+-]\d{4}$/.exec(line);
  const seconds = Number(match?.[3] ?? 0);
  return {
    name: match?.[1] ?? '',
    email: match?.[2] ?? '',
    date: new Date(seconds * 1000).toISOString().replace('.000Z', 'Z'),
  };
}

/**
 * Reads git's commit format: headers, where a leading space continues the line before, then the
 * message.
 */
function parseCommit(sha: string, object: string): Commit {
  const end = object.indexOf('\n\n');
  const lines = object.slice(0, end).replaceAll('\n ', '\u0000').split('\n');
  const all = (key: string) =>
    lines.filter((line) => line.startsWith(`${key} `)).map((line) => line.slice(key.length + 1));
  const one = (key: string) => all(key)[0];
  const message = object.slice(end + 2);
  return {
    sha,
    tree: one('tree') ?? '',
    parents: all('parent'),
    author: parsePerson(one('author') ?? ''),
    committer: parsePerson(one('committer') ?? ''),
    message,
    signature: one('gpgsig')?.replaceAll('\u0000', '\n') ?? null,
    payload: `${lines.filter((line) => !line.startsWith('gpgsig ')).join('\n')}\n\n${message}`,
  };
}

/** Reads commits in the order asked for; what is no commit is left out. */
export async function readCommits(git: Git, shas: readonly string[]): Promise<Commit[]> {
  const objects = await Promise.all(shas.map((sha) => git.object(sha)));
  return objects
    .filter((one) => one?.type === 'commit')
    .map((one) => parseCommit(one?.oid ?? '', one?.content.toString() ?? ''));
}

/** What GitHub says of a commit's signature. */
export function verification(commit: Commit): Part<Schemas['verification']> {
  const base = { signature: commit.signature, payload: commit.signature ? commit.payload : null };
  if (commit.signature === null) return { verified: false, reason: 'unsigned', ...base, verified_at: null };
  const good = commit.signature === sign(commit.payload);
  return {
    verified: good,
    reason: good ? 'valid' : 'invalid',
    ...base,
    verified_at: good ? commit.committer.date : null,
  };
}
