/** @returns whether `text` is an attribute path, with a dot before it where it may be relative to a package */
export function isAttributePath(text: string): boolean {
  return text.length <= 500 && /^\.?[A-Za-z_0-9][\w'+-]*(\.[A-Za-z_0-9][\w'+-]*)*$/.test(text);
}

/** `owner/name` by GitHub's rules for both. */
export function isHubName(text: string): boolean {
  return /^[A-Za-z0-9][A-Za-z0-9-]{0,38}\/[A-Za-z0-9._-]{1,100}$/.test(text) && !/\/\.{1,2}$/.test(text);
}

/** A package's name as PyPA's specification has it. */
export function isPackageName(text: string): boolean {
  return text.length <= 200 && /^[A-Za-z0-9]([A-Za-z0-9._-]*[A-Za-z0-9])?$/.test(text);
}

/** An address that git fetches over a network: no local path, and none that git would take for an option or a helper. */
export function isGitUrl(text: string): boolean {
  return /^(https?|ssh):\/\//.test(text) && URL.canParse(text) && !/\s/.test(text);
}

/** The part of git's rules for names (git-check-ref-format) that matters for a name of strangers. */
export function isRefName(text: string): boolean {
  return (
    text.length <= 244 && /^[\w][\w./+@-]*$/.test(text) && !/\.\.|\/\/|@\{|\.lock(\/|$)|\/\.|[./]$/.test(text)
  );
}

/** `name`, `name:port` or `*.name`. */
export function isHost(text: string): boolean {
  return (
    text.length <= 260 &&
    /^(\*\.)?[a-z0-9]([a-z0-9-]*[a-z0-9])?(\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)*(:\d{1,5})?$/.test(text)
  );
}
