/**
 * An address without login and fragment.
 * @param changes other parts to replace
 */
export const bareAddress = (url: URL, changes: Partial<Pick<URL, 'hostname' | 'search'>> = {}): string =>
  Object.assign(new URL(url), { username: '', password: '', hash: '', ...changes }).href;
