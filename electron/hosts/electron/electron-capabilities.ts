import { existsSync, realpathSync } from 'node:fs';
import { resolve, sep } from 'node:path';
import type { BrowserWindow, Dialog, Shell } from 'electron';
import { AppError } from '#shared/contract/errors.ts';
import type { HostCapabilities } from '#electron/core/ports.ts';
import type { GlobalKey } from './global-key.ts';
import type { SmallTimer } from './small-timer.ts';

export interface ElectronCapabilitiesDeps {
  dialog: Dialog;
  shell: Shell;
  dataDir: string;
  language: 'zh-CN' | 'en' | null;
  versions: Record<string, string>;
  /** The window a dialog belongs to. */
  window(): BrowserWindow | null;
  timer: Pick<SmallTimer, 'show' | 'hide'>;
  globalKey: GlobalKey;
}

/** The real place of a path, or undefined when nothing is there. */
function realPlace(path: string): string | undefined {
  return existsSync(path) ? realpathSync(path) : undefined;
}

/** The system's dialogs and file manager. */
export function electronCapabilities(deps: ElectronCapabilitiesDeps): HostCapabilities {
  const { dialog, shell, dataDir, window } = deps;
  /** Files the user named in a save dialog: with the data folder, what may be shown in the file manager. */
  const saved = new Set<string>();

  return {
    'host.capabilities': () => ({
      host: 'electron',
      versions: deps.versions,
      chooseFolder: true,
      chooseSaveFile: true,
      revealFile: true,
      smallTimer: true,
      globalKey: true,
      language: deps.language,
    }),
    async 'host.chooseFolder'({ title }) {
      const options = { title, properties: ['openDirectory' as const] };
      const owner = window();
      const chosen = await (owner ? dialog.showOpenDialog(owner, options) : dialog.showOpenDialog(options));
      return { path: chosen.filePaths[0] ?? null };
    },
    async 'host.chooseSaveFile'({ title, suggestedName }) {
      const options = { title, defaultPath: suggestedName };
      const owner = window();
      const chosen = await (owner ? dialog.showSaveDialog(owner, options) : dialog.showSaveDialog(options));
      if (chosen.canceled || !chosen.filePath) return { path: null };
      saved.add(resolve(chosen.filePath));
      return { path: chosen.filePath };
    },
    'host.revealFile': ({ path }) => {
      const asked = resolve(path);
      const place = realPlace(asked);
      if (place === undefined) throw new AppError('files/not-found', { path });
      const home = realpathSync(dataDir);
      if (!saved.has(asked) && place !== home && !place.startsWith(home + sep)) {
        throw new AppError('files/not-allowed', { path });
      }
      shell.showItemInFolder(place);
      return {};
    },
    'host.showSmallTimer': ({ open }) => {
      if (open) deps.timer.show();
      else deps.timer.hide();
      return {};
    },
    'host.setGlobalKey': ({ keys }) => {
      if (!deps.globalKey.set(keys)) throw new AppError('host/key-refused', { keys });
      return {};
    },
  };
}
