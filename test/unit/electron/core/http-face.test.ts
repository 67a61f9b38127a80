import { execFileSync } from 'node:child_process';
import { mkdirSync, rmSync, symlinkSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { MediaSource } from '#electron/core/core-port.ts';
import { createHttpFace } from '#electron/core/http-face.ts';
import { tempDir } from '#test/support/temp-dir.ts';

const folder = tempDir();
const rendererDir = join(folder.path, 'renderer');
const task = '01920000-0000-7000-8000-000000000001';
const hash = 'ab'.repeat(32);
const bytes = Buffer.from(Array.from({ length: 1000 }, (_, n) => n % 251));
const photo = join(folder.path, 'photo.jpg');

/** What the core answers for the task and the blob. */
let source: MediaSource;

beforeEach(() => {
  mkdirSync(join(rendererDir, 'assets'), { recursive: true });
  writeFileSync(join(rendererDir, 'index.html'), '<!doctype html>');
  writeFileSync(join(rendererDir, 'assets', 'main-1234.js'), 'export {};');
  writeFileSync(join(rendererDir, 'secret.key'), 'secret');
  writeFileSync(join(folder.path, 'outside.html'), 'outside');
  writeFileSync(photo, bytes);
  source = { path: photo, mediaType: 'image/jpeg', bytes: bytes.length };
});

afterEach(() => folder.remove());

const face = createHttpFace({
  rendererDir,
  core: { resolveMedia: async () => source, resolveBlob: async () => source },
});

async function ask(path: string, headers: Record<string, string> = {}, method = 'GET') {
  const answer = await face({ method, path, header: (name) => headers[name] });
  const body =
    answer.body === null ? Buffer.alloc(0) : typeof answer.body === 'string' ? Buffer.from(answer.body) : null;
  return { ...answer, body: body ?? (await buffer(answer.body as NodeJS.ReadableStream)) };
}

describe('the renderer’s files', () => {
  it('are served with a policy that allows their own origin and no inline script', async () => {
    const page = await ask('/');
    expect(page).toMatchObject({ status: 200, body: Buffer.from('<!doctype html>') });
    expect(page.headers).toMatchObject({
      'content-type': 'text/html; charset=utf-8',
      'x-content-type-options': 'nosniff',
    });
    const policy = page.headers['content-security-policy'] ?? '';
    expect(policy).toContain("default-src 'none'");
    expect(policy).toMatch(/script-src 'self'(;|$)/);
    expect(policy).toMatch(/connect-src 'self'(;|$)/);
    expect(policy).toContain("frame-ancestors 'none'");
    expect(policy).not.toMatch(/unsafe-eval|https?:|\*/);
  });

  it('are kept by the browser only where their name tells their content', async () => {
    expect((await ask('/assets/main-1234.js')).headers['cache-control']).toContain('immutable');
    expect((await ask('/')).headers['cache-control']).toBe('no-cache');
    const { etag = '' } = (await ask('/')).headers;
    expect(await ask('/', { 'if-none-match': etag })).toMatchObject({ status: 304, body: Buffer.alloc(0) });
  });

  it.each([
    '/../outside.html',
    '/assets/../../outside.html',
    '/%2e%2e/outside.html',
    '/..%2foutside.html',
    '/assets/%2e%2e%2f%2e%2e%2foutside.html',
    '//etc/passwd',
    '/secret.key',
    '/none.html',
    '/assets',
    '/assets/',
  ])('%s is not among them', async (path) => {
    expect((await ask(path)).status).toBe(404);
  });

  it.each(['/%00.html', '/..\\outside.html', '/%5c..%5coutside.html', '/%', 'outside.html', '/C:/x.html'])(
    '%s is no path',
    async (path) => {
      expect((await ask(path)).status).toBe(400);
    },
  );

  it('are not reached through a link that leads out', async () => {
    symlinkSync(join(folder.path, 'outside.html'), join(rendererDir, 'link.html'));
    expect((await ask('/link.html')).status).toBe(404);
  });

  it('can only be read', async () => {
    for (const method of ['POST', 'PUT', 'DELETE', 'OPTIONS']) expect((await ask('/', {}, method)).status).toBe(405);
    expect(await ask('/', {}, 'HEAD')).toMatchObject({ status: 200, body: Buffer.alloc(0) });
  });
});

describe.each([`/media/${task}`, `/blob/${hash}`])('%s', (path) => {
  it('is sent whole, sandboxed and never kept by the browser', async () => {
    const answer = await ask(path);
    expect(answer).toMatchObject({ status: 200, body: bytes });
    expect(answer.headers).toMatchObject({
      'content-type': 'image/jpeg',
      'content-length': '1000',
      'content-security-policy': "default-src 'none'; sandbox",
      'x-content-type-options': 'nosniff',
      'cache-control': 'no-store',
      'accept-ranges': 'bytes',
    });
  });

  it('is sent in parts', async () => {
    const part = await ask(path, { range: 'bytes=100-199' });
    expect(part).toMatchObject({ status: 206, body: bytes.subarray(100, 200) });
    expect(part.headers).toMatchObject({ 'content-range': 'bytes 100-199/1000', 'content-length': '100' });
    expect((await ask(path, { range: 'bytes=-1' })).body).toEqual(bytes.subarray(999));
    const beyond = await ask(path, { range: 'bytes=1000-' });
    expect(beyond).toMatchObject({ status: 416, headers: { 'content-range': 'bytes */1000' }, body: Buffer.alloc(0) });
    const old = await ask(path, { range: 'bytes=0-9', 'if-range': '"another"' });
    expect(old).toMatchObject({ status: 200, body: bytes });
  });

  it.each([
    'image/svg+xml',
    'text/html',
    'application/xhtml+xml',
    'application/pdf',
    'text/javascript',
    'image/jpeg;x',
  ])('of type %s is a download, not a page', async (mediaType) => {
    source = { path: photo, mediaType, bytes: 1000 };
    const { headers } = await ask(path);
    expect(headers).toMatchObject({ 'content-type': 'application/octet-stream', 'content-disposition': 'attachment' });
  });

  it('that is empty is sent empty', async () => {
    truncateSync(photo, 0);
    expect(await ask(path)).toMatchObject({ status: 200, headers: { 'content-length': '0' }, body: Buffer.alloc(0) });
  });

  it('that is gone, a folder, a link or a pipe by now is not there', async () => {
    rmSync(photo);
    expect((await ask(path)).status).toBe(404);
    mkdirSync(photo);
    expect((await ask(path)).status).toBe(404);
    rmSync(photo, { recursive: true });
    symlinkSync('/etc/passwd', photo);
    expect((await ask(path)).status).toBe(404);
    rmSync(photo);
    execFileSync('mkfifo', [photo]);
    expect((await ask(path)).status).toBe(404);
  });

  it.each([
    ['missing', 404],
    ['not-allowed', 403],
    ['damaged', 422],
  ] as const)('with the problem %s says so', async (problem, status) => {
    source = { problem };
    expect(await ask(path)).toMatchObject({ status, body: Buffer.from(problem) });
  });
});

it.each(['/media/../secret', '/media/x', `/media/${task}/x`, `/blob/${hash}0`, `/blob/${hash.toUpperCase()}`])(
  '%s names no media',
  async (path) => {
    expect((await ask(path)).status).toBe(404);
  },
);
