import { createScope } from '#renderer/lib/scope.ts';

/** What Chromium offers for a small window of a page that stays in front; the type is not in TypeScript's library yet. */
interface PictureWindows {
  requestWindow(options: { width: number; height: number }): Promise<Window>;
}

const size = { width: 300, height: 232 };

/** The page's own way to a window in front, where the browser has one. */
export function pictureWindows(): PictureWindows | null {
  return (window as { documentPictureInPicture?: PictureWindows }).documentPictureInPicture ?? null;
}

/**
 * Opens the small window, with the look of the page in it: its style sheets, its theme and its language, now and when they change. To be
 * called on a key or a click. `onClosed` is called once, whoever closes it.
 *
 * @throws DOMException when the browser refuses
 */
export async function openPictureWindow(windows: PictureWindows, onClosed: () => void): Promise<Window> {
  const view = await windows.requestWindow(size);
  const scope = createScope();
  const dress = () => {
    for (const { name, value } of document.documentElement.attributes) {
      view.document.documentElement.setAttribute(name, value);
    }
  };
  // Rooms bring their styles with them later; the small window only needs those of the strip, which are there.
  for (const sheet of document.querySelectorAll<HTMLLinkElement>('link[rel="stylesheet"]')) {
    const copy = view.document.createElement('link');
    copy.rel = 'stylesheet';
    copy.href = sheet.href;
    view.document.head.append(copy);
  }
  dress();
  const watcher = new MutationObserver(dress);
  watcher.observe(document.documentElement, { attributes: true });
  scope.add(() => watcher.disconnect());
  scope.listen(view, 'pagehide', () => {
    scope.dispose();
    onClosed();
  });
  return view;
}
