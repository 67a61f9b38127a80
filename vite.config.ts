import { fileURLToPath } from 'node:url';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));

/** The renderer: static files with relative addresses, so that every host can serve them from anywhere. */
export default defineConfig({
  root: here('./renderer'),
  base: './',
  publicDir: false,
  plugins: [react()],
  worker: { format: 'es' },
  build: {
    outDir: here('./dist/renderer'),
    emptyOutDir: true,
    target: 'chrome120',
    // Nothing becomes a data: address, so the content security policy need not allow any.
    assetsInlineLimit: 0,
    chunkSizeWarningLimit: 1000,
    reportCompressedSize: false,
    rolldownOptions: {
      output: {
        // What every room needs comes in one file, with the packages it uses: at a start forty small ones take longer than one.
        // The calendar is left out of it: only forms with a date want it.
        codeSplitting: {
          groups: [{ name: 'window', test: /[\\/]renderer[\\/](app|client|i18n|lib|ui)[\\/](?!date-field)/ }],
        },
      },
    },
  },
});
