/** The port that an address has without saying so. */
const defaultPorts: Readonly<Record<string, string>> = { 'https:': '443', 'http:': '80', 'ssh:': '22' };

/**
 * @param hosts of the configuration: `name`, `name:port` or `*.name`; an entry without a port stands for the scheme's own
 * @returns whether an address is on one of them; text that is no address is on none
 */
export function isAllowedHost(address: string, hosts: readonly string[]): boolean {
  const url = URL.parse(address);
  if (url === null || url.hostname === '') return false;
  const name = url.hostname.toLowerCase().replace(/\.$/, '');
  const port = url.port === '' ? defaultPorts[url.protocol] : url.port;
  return hosts.some((entry) => {
    const [host = '', wanted = defaultPorts[url.protocol]] = entry.split(':');
    if (port !== wanted) return false;
    return host.startsWith('*.')
      ? name.endsWith(host.slice(1)) && name.length > host.length - 1
      : name === host;
  });
}
