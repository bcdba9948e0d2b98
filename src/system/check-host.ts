/**
 * Judges an address before anything is fetched from it, redirects included.
 * @param what names the file or requirement that has the address, for the message
 * @throws UserError `host-not-allowed`
 */
export type CheckHost = (address: string, what: string) => Promise<void>;

/**
 * Approves an address before contact and resolves its name once.
 * @returns the IP addresses that may be connected to, and no others: nothing is resolved again
 * @throws UserError `host-not-allowed`; NodeJS.ErrnoException if the name is unknown
 */
export type Approve = (address: string, what: string) => Promise<readonly string[]>;
