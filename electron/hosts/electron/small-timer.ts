import type { BrowserWindow, BrowserWindowConstructorOptions } from 'electron';
import { timerPage } from './app-origin.ts';

/** The small window with the running activity, in front of other programs. */
export interface SmallTimer {
  /** Opens it, or brings it to the front with the keyboard in it. */
  show(): void;
  hide(): void;
  /** From the global key: opens it or, when it has the keyboard already, closes it. */
  toggle(): void;
  readonly window: BrowserWindow | null;
}

const size = { width: 300, height: 232 };

/** What makes it small, beside what every window of the program has. */
const options: BrowserWindowConstructorOptions = {
  ...size,
  useContentSize: true,
  resizable: false,
  minimizable: false,
  maximizable: false,
  fullscreenable: false,
  alwaysOnTop: true,
  show: false,
  autoHideMenuBar: true,
};

/** `open` makes a window with the program's own confinement. */
export function createSmallTimer(open: (options: BrowserWindowConstructorOptions) => BrowserWindow): SmallTimer {
  let window: BrowserWindow | null = null;
  const show = () => {
    if (window) {
      window.show();
      window.focus();
      return;
    }
    const made = open(options);
    window = made;
    made.once('ready-to-show', () => made.show());
    made.once('closed', () => {
      window = null;
    });
    void made.loadURL(timerPage);
  };
  const hide = () => window?.close();
  return {
    show,
    hide,
    toggle: () => (window?.isFocused() ? hide() : show()),
    get window() {
      return window;
    },
  };
}
