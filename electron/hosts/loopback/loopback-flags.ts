import { parseArgs } from 'node:util';

/** What the loopback host can be started with. */
export interface LoopbackFlags {
  dataDir: string | undefined;
  port: number;
  open: boolean;
  language: 'zh-CN' | 'en' | null;
}

/** Reads the command line; throws an Error that says what is wrong with it. */
export function readLoopbackFlags(args: string[]): LoopbackFlags {
  const { values } = parseArgs({
    args,
    options: {
      'data-dir': { type: 'string' },
      port: { type: 'string', default: '0' },
      'no-open': { type: 'boolean', default: false },
      lang: { type: 'string' },
    },
  });
  const port = /^\d{1,5}$/.test(values.port) ? Number(values.port) : Number.NaN;
  if (!(port <= 65_535)) throw new Error(`--port ${values.port}`);
  const language = values.lang === 'zh-CN' || values.lang === 'en' ? values.lang : null;
  if (values.lang !== undefined && language === null) throw new Error(`--lang ${values.lang}`);
  return { dataDir: values['data-dir'], port, open: !values['no-open'], language };
}
