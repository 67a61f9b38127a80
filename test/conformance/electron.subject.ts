import type { ChangeNotice } from '#shared/contract/contract.ts';
import type { AnyReply } from '#electron/core/core-port.ts';
import { channels } from '#electron/preload/channels.ts';
import { type FakeFrame, resetDesktop } from '#test/support/fake-electron.ts';
import { buildPreload, runPreload } from '#test/support/preload-world.ts';
import type { Subject, SubjectKind } from './subject.ts';

interface Bridge {
  call(name: unknown, input: unknown): Promise<AnyReply>;
  onChange(listener: (notice: ChangeNotice) => void): () => void;
}

/** The Electron host against the stand-in, called through the built preload script. The test file sets the stand-in up. */
export const electronSubject: SubjectKind = {
  name: 'electron (stand-in)',
  feed: true,
  async open(dataDir): Promise<Subject> {
    const desktop = resetDesktop();
    const { runElectronHost } = await import('#electron/hosts/electron/electron-host.ts');
    runElectronHost(['.', '--data-dir', dataDir]);
    desktop.makeReady();
    while (desktop.windows.length === 0 && desktop.exitCode === null)
      await new Promise((resolve) => setImmediate(resolve));
    const page = desktop.windows[0]?.page;
    if (!page) throw new Error(`no window: ${desktop.errorBoxes.join()}`);

    const exposed = runPreload(await buildPreload(), {
      contextBridge: { exposeInMainWorld: () => undefined },
      ipcRenderer: {
        invoke: (channel, ...args) => desktop.invoke(page, page.mainFrame, channel, ...args),
        on: (channel, listener) => void page.heard.on(channel, listener),
        off: (channel, listener) => void page.heard.off(channel, listener),
      },
    });
    const bridge = exposed['counterledger'] as Bridge;
    const from = (frame: FakeFrame | null) => async (name: string, input: unknown) =>
      (await desktop.invoke(page, frame, channels.call, name, input)) as AnyReply;
    const unauthorized = { refused: 'host/unauthorized' };
    return {
      call: bridge.call,
      watch: async (listener) => bridge.onChange((notice) => listener(notice.topics)),
      strangers: [
        { what: 'a frame within the page', ...unauthorized, make: from({ url: 'app://counterledger/' }) },
        { what: 'a frame that is gone', ...unauthorized, make: from(null) },
        ...['https://example.org/', 'app://other/', 'file:///etc/passwd', 'about:blank', ''].map((url) => ({
          what: `a page from "${url}"`,
          ...unauthorized,
          async make(name: string, input: unknown) {
            const before = page.mainFrame.url;
            page.mainFrame.url = url;
            const reply = await from(page.mainFrame)(name, input);
            page.mainFrame.url = before;
            return reply;
          },
        })),
      ],
      malformed: [7, null, undefined, {}, ['settings.get']].map((name) => ({
        what: `the name ${JSON.stringify(name)}`,
        refused: 'host/bad-input',
        make: () => bridge.call(name, {}),
      })),
      burst: 200,
      async close() {
        desktop.windows[0]?.close();
        await desktop.whenGone();
      },
    };
  },
};
