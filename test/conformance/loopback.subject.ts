import type { AnyReply } from '#electron/core/core-port.ts';
import { endHost, startLoopbackProcess } from '#test/support/host-process.ts';
import { type Answer, type LoopbackPage, openPage, openStream } from '#test/support/loopback-browser.ts';
import type { Attempt, Subject, SubjectKind } from './subject.ts';

const replyIn = (answer: Answer) => JSON.parse(answer.body.toString('utf8')) as AnyReply;

function strangers(page: LoopbackPage, usedAddress: string): Attempt[] {
  const posted = (overrides: Record<string, string>) => async (name: string, input: unknown) =>
    replyIn(await page.post(JSON.stringify({ name, input }), overrides));
  const forged = page.cookie.replace(/=.*/, `=${'A'.repeat(43)}`);
  const unauthorized = { refused: 'host/unauthorized' };
  const foreign = { refused: 'host/forbidden-origin' };
  return [
    { what: 'no cookie', ...unauthorized, make: posted({ cookie: '' }) },
    { what: 'a forged cookie', ...unauthorized, make: posted({ cookie: forged }) },
    {
      what: 'a cookie of another port',
      ...unauthorized,
      make: posted({ cookie: page.cookie.replace(/-\d+=/, '-1=') }),
    },
    {
      what: 'an address used before',
      ...unauthorized,
      make: async () => {
        const again = await openPage(usedAddress).catch((error: Error) => error.message);
        if (typeof again !== 'string') return { ok: true, value: {} };
        return { ok: false, error: { code: 'host/unauthorized', details: { answered: again } } };
      },
    },
    { what: 'a foreign Origin', ...foreign, make: posted({ origin: 'https://example.org' }) },
    { what: 'an Origin of another port', ...foreign, make: posted({ origin: 'http://127.0.0.1:1' }) },
    { what: 'the Origin null', ...foreign, make: posted({ origin: 'null' }) },
    { what: 'no Origin', ...foreign, make: posted({ origin: '' }) },
    { what: 'a foreign Host', ...foreign, make: posted({ host: `rebound.example:${page.port}` }) },
    { what: 'the Host localhost', ...foreign, make: posted({ host: `localhost:${page.port}` }) },
    { what: 'Sec-Fetch-Site cross-site', ...foreign, make: posted({ 'sec-fetch-site': 'cross-site' }) },
    { what: 'Sec-Fetch-Site same-site', ...foreign, make: posted({ 'sec-fetch-site': 'same-site' }) },
    { what: 'a form instead of JSON', refused: 'host/bad-input', make: posted({ 'content-type': 'text/plain' }) },
    {
      what: 'a GET',
      refused: 'host/bad-input',
      make: async (name) => replyIn(await page.get(`/call?name=${name}`)),
    },
  ];
}

/** The loopback host as a process of its own, over real HTTP. */
export const loopbackSubject: SubjectKind = {
  name: 'loopback',
  feed: true,
  async open(dataDir): Promise<Subject> {
    const host = startLoopbackProcess(['--data-dir', dataDir, '--no-open']);
    const address = await host.address;
    const page = await openPage(address);
    const malformed = ['', '{', 'null', '[]', '7', '{"name":7}', '{"input":{}}', '\u0000', '{"name":"settings.get"'];
    return {
      call: async (name, input) => replyIn(await page.post(JSON.stringify({ name, input }))),
      watch: (listener) => openStream(page, (notice) => listener(notice.topics)),
      strangers: strangers(page, address),
      malformed: malformed.map((body) => ({
        what: JSON.stringify(body),
        refused: 'host/bad-input',
        make: async () => replyIn(await page.post(body)),
      })),
      burst: 200,
      async close() {
        await endHost(host);
      },
    };
  },
};
