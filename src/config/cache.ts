/** Nix stores that another machine can read (`nix help-stores`). */
const address = /^(?:file|s3|ssh|ssh-ng|https?):\/\/[^\s]+$/;

export const cacheText =
  'the address of a binary cache (file://, s3://, ssh://, ssh-ng://, http:// or https://) without a password in it';

/**
 * Whether `text` is the address of a store to copy to, without a password, because all processes
 * could read it.
 */
export function isCacheAddress(text: string): boolean {
  return address.test(text) && URL.canParse(text) && new URL(text).password === '';
}
