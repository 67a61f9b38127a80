import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vite';

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));

/**
 * Everything that runs in Node, flat in dist/node, so that a host finds the worker and the preload script beside itself.
 * The preload script is built by itself (`--mode preload`): a sandboxed preload must be one CommonJS file.
 */
export default defineConfig(({ mode }) => {
  const preload = mode === 'preload';
  return {
    publicDir: false,
    define: { 'process.env.NODE_ENV': JSON.stringify('production') },
    ssr: { noExternal: true, external: ['better-sqlite3', 'electron'] },
    build: {
      ssr: true,
      outDir: here('./dist/node'),
      emptyOutDir: !preload,
      target: 'node22',
      minify: false,
      sourcemap: true,
      reportCompressedSize: false,
      rolldownOptions: {
        input: preload
          ? { preload: here('./electron/preload/preload.ts') }
          : {
              electron: here('./electron/hosts/electron/main.ts'),
              loopback: here('./electron/hosts/loopback/main.ts'),
              cli: here('./electron/hosts/cli/main.ts'),
              'core-worker': here('./electron/core/core-worker.ts'),
              'table-worker': here('./electron/sheets/table-worker.ts'),
              'sheet-worker': here('./electron/sheets/sheet-worker.ts'),
              'ledger-worker': here('./electron/core/ledger/ledger-worker.ts'),
            },
        output: preload
          ? { format: 'cjs', entryFileNames: '[name].cjs' }
          : { format: 'es', entryFileNames: '[name].mjs', chunkFileNames: '[name]-[hash].mjs' },
      },
    },
  };
});
