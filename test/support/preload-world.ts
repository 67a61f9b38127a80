import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createContext, runInContext } from 'node:vm';
import { build } from 'vite';
import { appRoot } from '#electron/core/app-root.ts';

/** What the preload script may ask of Electron. */
export interface PreloadElectron {
  contextBridge: { exposeInMainWorld(name: string, api: unknown): void };
  ipcRenderer: {
    invoke(channel: string, ...args: unknown[]): Promise<unknown>;
    on(channel: string, listener: (...args: unknown[]) => void): void;
    off(channel: string, listener: (...args: unknown[]) => void): void;
  };
}

/** Builds the preload script as the product does and answers its text. */
export async function buildPreload(): Promise<string> {
  const outDir = mkdtempSync(join(tmpdir(), 'counterledger-preload-'));
  try {
    const configFile = join(appRoot, 'vite.node.config.ts');
    await build({ configFile, mode: 'preload', root: appRoot, logLevel: 'silent', build: { outDir } });
    return readFileSync(join(outDir, 'preload.cjs'), 'utf8');
  } finally {
    rmSync(outDir, { recursive: true });
  }
}

/**
 * Runs a built preload script in a world that has what a sandboxed one has, and less: `require` of electron alone. Answers what it
 * exposed to the page, by name.
 */
export function runPreload(script: string, electron: PreloadElectron): Record<string, unknown> {
  const exposed: Record<string, unknown> = {};
  const given: PreloadElectron = {
    ...electron,
    contextBridge: { exposeInMainWorld: (name, api) => void (exposed[name] = api) },
  };
  const require = (name: string) => {
    if (name !== 'electron') throw new Error(`a sandboxed preload script cannot require ${name}`);
    return given;
  };
  runInContext(script, createContext({ require, module: { exports: {} }, exports: {}, Promise }));
  return exposed;
}
