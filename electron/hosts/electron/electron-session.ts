import type { Session, WebContents } from 'electron';
import { appPage, isOwnAddress } from './app-origin.ts';

/** The one permission a page of ours may have: putting text on the clipboard, on a key or click of the user. */
const allowed: ReadonlySet<string> = new Set(['clipboard-sanitized-write']);

const innerSchemes: ReadonlySet<string> = new Set(['blob:', 'data:', 'devtools:']);

/** Whether the window may load this: its own pages and what it made itself, never the network. */
export function mayLoad(address: string): boolean {
  return isOwnAddress(address) || innerSchemes.has(new URL(address).protocol);
}

/** Shuts a session: no network, no permissions, no dictionaries fetched. */
export function hardenSession(session: Session): void {
  session.setPermissionRequestHandler((contents, permission, answer) => {
    answer(allowed.has(permission) && isOwnAddress(contents.getURL()));
  });
  session.setPermissionCheckHandler((contents, permission) => {
    return allowed.has(permission) && contents !== null && isOwnAddress(contents.getURL());
  });
  session.setDevicePermissionHandler(() => false);
  session.setSpellCheckerEnabled(false);
  // A dictionary that was still wanted would be asked of an address that is ours and has none.
  session.setSpellCheckerDictionaryDownloadURL(`${appPage}no-dictionaries/`);
  session.webRequest.onBeforeRequest(({ url }, answer) => answer({ cancel: !mayLoad(url) }));
}

/** Keeps a window on the program's own page: no other pages, windows, frames or web views. */
export function confine(contents: WebContents): void {
  contents.setWindowOpenHandler(() => ({ action: 'deny' }));
  contents.on('will-navigate', (event) => {
    if (event.url !== appPage) event.preventDefault();
  });
  contents.on('will-frame-navigate', (event) => {
    if (!event.isMainFrame) event.preventDefault();
  });
  contents.on('will-redirect', (event) => event.preventDefault());
  contents.on('will-attach-webview', (event) => event.preventDefault());
}
