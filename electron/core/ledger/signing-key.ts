import { createPrivateKey, createPublicKey, generateKeyPairSync, type KeyObject, sign } from 'node:crypto';
import { closeSync, existsSync, fsyncSync, openSync, readFileSync, renameSync, writeSync } from 'node:fs';
import { join } from 'node:path';

/** The key of a ledger, under no name yet: the name is the origin that `ledger.opened` states. */
export interface SigningKey {
  /** 32 bytes. */
  publicKey: Uint8Array;
  sign(message: Uint8Array): Uint8Array;
}

const fileName = 'ledger.key';

function wrap(key: KeyObject): SigningKey {
  const { x = '' } = createPublicKey(key).export({ format: 'jwk' });
  return { publicKey: Uint8Array.from(Buffer.from(x, 'base64url')), sign: (message) => sign(null, message, key) };
}

/** Written under another name, brought to disk and only then named, so that half a key is never taken for one. */
function writeKey(path: string, pem: string): void {
  const draft = `${path}.new`;
  const file = openSync(draft, 'w', 0o600);
  try {
    writeSync(file, pem);
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
  renameSync(draft, path);
}

/**
 * The Ed25519 key kept in the data folder (`ledger.key`, PKCS#8 PEM, for its owner's eyes only), made when there is none. It is
 * pseudonymous: nothing in it tells whose it is. It is not in backups, which may be handed on.
 *
 * @throws Error when the file is there and is no Ed25519 key
 */
export function openSigningKey(dataDir: string): SigningKey {
  const path = join(dataDir, fileName);
  if (!existsSync(path)) {
    const { privateKey } = generateKeyPairSync('ed25519');
    writeKey(path, privateKey.export({ format: 'pem', type: 'pkcs8' }) as string);
  }
  const key = createPrivateKey(readFileSync(path, 'utf8'));
  if (key.asymmetricKeyType !== 'ed25519') throw new Error(`${fileName} is no Ed25519 key`);
  return wrap(key);
}
