/** What a binary cache's address may begin with: the stores of Nix that another machine can take from ("nix help-stores"). */
const address = /^(?:file|s3|ssh|ssh-ng|https?):\/\/[^\s]+$/;

export const cacheText =
  'the address of a binary cache (file://, s3://, ssh://, ssh-ng://, http:// or https://) without a password in it';

/** @returns whether `text` is the address of a store that may be copied to; a password in it would be shown to all processes */
export function isCacheAddress(text: string): boolean {
  return address.test(text) && URL.canParse(text) && new URL(text).password === '';
}
