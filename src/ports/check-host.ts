/**
 * Judges an address before anything is fetched from it, redirects included.
 * @param what names the file or requirement that has the address, for the message
 * @throws UserError `host-not-allowed`
 */
export type CheckHost = (address: string, what: string) => Promise<void>;
