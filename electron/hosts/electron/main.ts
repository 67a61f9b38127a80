import { runElectronHost } from './electron-host.ts';

runElectronHost(process.argv.slice(1));
