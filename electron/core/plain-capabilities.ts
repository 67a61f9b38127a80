import { AppError } from '#shared/contract/errors.ts';
import type { HostCapabilities } from './ports.ts';
import { programVersions } from './program-versions.ts';

/** What a host without dialogs of its own offers: facts about itself. Screens fall back to their own folder browser. */
export function plainCapabilities(host: 'loopback' | 'cli', language: 'zh-CN' | 'en' | null): HostCapabilities {
  const unsupported = (capability: string) => () => {
    throw new AppError('host/unsupported', { capability });
  };
  return {
    'host.capabilities': () => ({
      host,
      versions: programVersions(),
      chooseFolder: false,
      chooseSaveFile: false,
      revealFile: false,
      smallTimer: false,
      globalKey: false,
      language,
    }),
    'host.chooseFolder': unsupported('chooseFolder'),
    'host.chooseSaveFile': unsupported('chooseSaveFile'),
    'host.revealFile': unsupported('revealFile'),
    'host.showSmallTimer': unsupported('smallTimer'),
    'host.setGlobalKey': unsupported('globalKey'),
  };
}
