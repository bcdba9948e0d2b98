import { type LookupAddress, type LookupOptions, lookup } from 'node:dns';

type Callback = (
  error: NodeJS.ErrnoException | null,
  address: string | LookupAddress[],
  family?: number,
) => void;

/** What `net.connect` calls to turn a name into addresses (Node's `lookup` option). */
export type LookUp = (host: string, options: LookupOptions, callback: Callback) => void;

/** Says whether a connection may be made to what a name stands for. @throws where it may not */
export type Admit = (host: string, addresses: readonly string[]) => Promise<void>;

/**
 * A look-up that asks once for each host. Sixteen connections that begin together would ask sixteen times, and one lost
 * answer among them costs the resolver's five seconds. What is admitted is what is connected to: nothing is resolved between.
 */
export function lookUpOnce(admit: Admit): LookUp {
  const known = new Map<string, Promise<LookupAddress[]>>();
  const resolve = async (host: string, options: LookupOptions): Promise<LookupAddress[]> => {
    const found = await new Promise<LookupAddress[]>((done, reject) => {
      lookup(host, { ...options, all: true }, (error, all) => (error ? reject(error) : done(all)));
    });
    await admit(
      host,
      found.map(({ address }) => address),
    );
    return found;
  };
  return (host, options, callback) => {
    const key = `${host} ${options.family ?? 0} ${options.hints ?? 0}`;
    const answer = known.get(key) ?? resolve(host, options);
    known.set(key, answer);
    answer.then(
      (found) => {
        const [first] = found;
        if (options.all || !first) callback(null, found);
        else callback(null, first.address, first.family);
      },
      (error: NodeJS.ErrnoException) => {
        known.delete(key);
        callback(error, []);
      },
    );
  };
}
