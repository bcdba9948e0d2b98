/**
 * Checks an address before anything is fetched from it, also after a redirect.
 * @param what names the file or requirement with the address in messages
 * @throws UserError `host-not-allowed`
 */
export type CheckHost = (address: string, what: string) => Promise<void>;

/**
 * Checks an address before contact, and resolves its name once.
 * @returns the only IP addresses to connect to: nothing is resolved again
 * @throws UserError `host-not-allowed`; NodeJS.ErrnoException if the name is unknown
 */
export type Approve = (address: string, what: string) => Promise<readonly string[]>;
