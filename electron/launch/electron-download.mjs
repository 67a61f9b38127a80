// Child process: brings Electron's archive into its download cache and writes the number of bytes so far to stdout, a
// line each time. The parent watches those lines and ends this process when they stop.
import { createRequire } from 'node:module';
import { downloadArtifact } from '@electron/get';

const require = createRequire(import.meta.url);
// Nobody watches any more once the parent is gone.
process.once('disconnect', () => process.exit(1));

/** @type {string} */
const version = require('electron/package.json').version;

await downloadArtifact({
  version,
  artifactName: 'electron',
  platform: process.platform,
  arch: process.arch,
  // The checksums come with the electron package and its integrity is in the lock file, so a mirror cannot change a byte.
  checksums: require('electron/checksums.json'),
  ...(process.env.electron_config_cache ? { cacheRoot: process.env.electron_config_cache } : {}),
  downloadOptions: {
    quiet: true,
    /** @param {{transferred: number, total: number | null}} progress */
    getProgressCallback: ({ transferred, total }) => console.log(`${transferred} ${total ?? 0}`),
  },
});
// The open channel to the parent would keep this process up.
process.exit(0);
