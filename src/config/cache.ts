/** Nix stores that another machine can read (`nix help-stores`). */
const address = /^(?:file|s3|ssh|ssh-ng|https?):\/\/[^\s]+$/;

export const cacheText =
  'the address of a binary cache (file://, s3://, ssh://, ssh-ng://, http:// or https://) without a password in it';

/**
 * Whether `text` is the address of a store to copy to. A password in it would be visible to every
 * process.
 */
export function isCacheAddress(text: string): boolean {
  return address.test(text) && URL.canParse(text) && new URL(text).password === '';
}
