import { describe, expect, it } from 'vitest';
import { silenceFlags, windowFlags } from '#electron/hosts/loopback/browser-flags.ts';

const plain = { address: 'http://127.0.0.1:1/open?t=x', profileDir: '/p', language: null, uid: 1000 };

describe('windowFlags', () => {
  it('open the address as a program, with a profile of its own, and keep the browser silent', () => {
    const flags = windowFlags(plain);
    expect(flags).toEqual(
      expect.arrayContaining(['--app=http://127.0.0.1:1/open?t=x', '--user-data-dir=/p', ...silenceFlags]),
    );
    expect(silenceFlags).toContain('--host-resolver-rules=MAP * ~NOTFOUND , EXCLUDE 127.0.0.1');
  });

  it('give the sandbox up for root alone', () => {
    expect(windowFlags(plain)).not.toContain('--no-sandbox');
    expect(windowFlags({ ...plain, uid: undefined })).not.toContain('--no-sandbox');
    expect(windowFlags({ ...plain, uid: 0 })).toContain('--no-sandbox');
  });

  it('carry the language asked for', () => {
    expect(windowFlags(plain).join(' ')).not.toContain('--lang');
    expect(windowFlags({ ...plain, language: 'zh-CN' })).toContain('--lang=zh-CN');
  });

  it('name each feature switched off in one switch, for a second one would undo the first', () => {
    for (const name of ['--disable-features', '--enable-features']) {
      expect(windowFlags(plain).filter((flag) => flag.startsWith(`${name}=`)).length).toBeLessThanOrEqual(1);
    }
  });
});
