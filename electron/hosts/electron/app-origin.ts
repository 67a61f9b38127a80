/** Scheme and name the window's pages come from. */
export const appScheme = 'app';
const appName = 'counterledger';
export const appOrigin = `${appScheme}://${appName}`;
export const appPage = `${appOrigin}/`;
/** The same page, showing nothing but the small timer. */
export const timerPage = `${appPage}#timer`;

/** Whether an address is one of this program's own. */
export function isOwnAddress(address: string): boolean {
  try {
    const { protocol, host } = new URL(address);
    return protocol === `${appScheme}:` && host === appName;
  } catch {
    return false;
  }
}
