import { contextBridge, ipcRenderer, type IpcRendererEvent } from 'electron';
import type { ChangeNotice } from '#shared/contract/contract.ts';
import { channels } from './channels.ts';

// All the page gets: to call an operation by name, and to hear what changed. Neither channel nor event object passes through.
contextBridge.exposeInMainWorld('counterledger', {
  call: (name: string, input: unknown): Promise<unknown> => ipcRenderer.invoke(channels.call, name, input),
  onChange(listener: (notice: ChangeNotice) => void): () => void {
    const hear = (_event: IpcRendererEvent, notice: ChangeNotice) => listener(notice);
    ipcRenderer.on(channels.changes, hear);
    return () => void ipcRenderer.off(channels.changes, hear);
  },
});
