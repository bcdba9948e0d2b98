/** Forges whose pages are linked: the addresses are the package's own claims. */
const forges = new Set(['github.com', 'gitlab.com', 'codeberg.org', 'bitbucket.org']);

/**
 * The page of a release's changes, from the metadata's links ("Well-known project URLs", PyPA): the
 * changelog, else the releases of a repository on GitHub, else the repository.
 */
export function changesPage(links: Readonly<Record<string, unknown>> | undefined): string | undefined {
  const all = Object.entries(links ?? {}).flatMap(([label, value]) => {
    const url = typeof value === 'string' ? URL.parse(value) : null;
    const isKnown = url?.protocol === 'https:' && forges.has(url.hostname) && url.username === '';
    return isKnown ? [{ label: label.toLowerCase().replace(/[^a-z]/g, ''), url }] : [];
  });
  const named = (labels: RegExp) => all.find(({ label }) => labels.test(label))?.url;
  const log = named(/^(?:changelog|changes|releasenotes|whatsnew|history)$/);
  if (log) return log.href;
  const url = named(/^(?:source|sourcecode|repository|code|github)$/) ?? named(/^(?:homepage|home)$/);
  const [, owner, name] = url?.pathname.replace(/\.git$/, '').split('/') ?? [];
  if (!url || !owner || !name) return undefined;
  return `${url.origin}/${owner}/${name}${url.hostname === 'github.com' ? '/releases' : ''}`;
}
