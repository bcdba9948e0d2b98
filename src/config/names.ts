/** An attribute path; a leading dot makes it relative to a package. */
export function isAttributePath(text: string): boolean {
  return text.length <= 500 && /^\.?[A-Za-z_0-9][\w'+-]*(\.[A-Za-z_0-9][\w'+-]*)*$/.test(text);
}

/** An attribute path from the root of the Nix code, which names a package. */
export const isRootAttribute = (text: string): boolean => isAttributePath(text) && !text.startsWith('.');

export const rootAttributeText = 'an attribute path such as authentik-django or packages.backend';

/** Whether a text names a Python module. */
export const isModule = (text: string): boolean =>
  text.length <= 200 && /^[A-Za-z_]\w*(\.[A-Za-z_]\w*)*$/.test(text);

/** `owner/name` by GitHub's rules for both. */
export function isHubName(text: string): boolean {
  return /^[A-Za-z0-9][A-Za-z0-9-]{0,38}\/[A-Za-z0-9._-]{1,100}$/.test(text) && !/\/\.{1,2}$/.test(text);
}

/** A URL that git fetches over a network: not a local path, an option or a remote helper. */
export function isGitUrl(text: string): boolean {
  return /^(https?|ssh):\/\//.test(text) && URL.canParse(text) && !/\s/.test(text);
}

/** Text that git refuses in a branch name (git-check-ref-format), and invisible characters. */
const badBranch =
  /[\p{Cc}\p{Cf}\p{Cs}\s~^:?*[\\]|\.\.|@\{|\/\/|\.lock(?:\/|$)|(?:^|\/)\.|^[-/]|^@$|[/.]$|^refs\//u;

/** A branch name, without `refs/heads/`. */
export function isBranchName(text: string): boolean {
  return text !== '' && text.length <= 244 && !badBranch.test(text);
}

/** `name`, `name:port` or `*.name`. */
export function isHost(text: string): boolean {
  return (
    text.length <= 260 &&
    /^(\*\.)?[a-z0-9]([a-z0-9-]*[a-z0-9])?(\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)*(:\d{1,5})?$/.test(text)
  );
}
