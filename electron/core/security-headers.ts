/**
 * What a page of this program may do, whichever host serves it: its own files and its own origin, nothing else.
 * Nothing inline, neither scripts nor styles: the component library's variables come from a style sheet (renderer/ui).
 */
const contentSecurityPolicy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self' blob: data:",
  "media-src 'self' blob:",
  "font-src 'self'",
  "connect-src 'self'",
  "worker-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');

/** Powers no page of this program ever needs. */
const permissionsPolicy = [
  'camera',
  'microphone',
  'geolocation',
  'display-capture',
  'usb',
  'serial',
  'hid',
  'midi',
  'payment',
]
  .map((power) => `${power}=()`)
  .join(', ');

/** On every answer. */
export const commonHeaders: Readonly<Record<string, string>> = {
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'cross-origin-resource-policy': 'same-origin',
  'cross-origin-opener-policy': 'same-origin',
  'permissions-policy': permissionsPolicy,
  'x-dns-prefetch-control': 'off',
};

/** On the program's own pages and scripts. */
export const pageHeaders: Readonly<Record<string, string>> = {
  ...commonHeaders,
  'content-security-policy': contentSecurityPolicy,
};

/**
 * On what came from elsewhere (photos, attachments): even if one were taken for a page, it could run and reach nothing. Never
 * stored by the browser, so that no copy of a client's photo outlives the program.
 */
export const foreignHeaders: Readonly<Record<string, string>> = {
  ...commonHeaders,
  'content-security-policy': "default-src 'none'; sandbox",
  'cache-control': 'no-store',
};
