/**
 * An address without login and fragment.
 * @param changes what else is different
 */
export const bareAddress = (url: URL, changes: Partial<Pick<URL, 'hostname' | 'search'>> = {}): string =>
  Object.assign(new URL(url), { username: '', password: '', hash: '', ...changes }).href;
