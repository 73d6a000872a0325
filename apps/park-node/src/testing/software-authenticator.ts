import { createHash, generateKeyPairSync, type KeyObject, randomBytes, sign } from 'node:crypto';

/** What a page gets from the node to hand to the browser, as far as a key needs it. */
interface CeremonyOptions {
  readonly challenge?: unknown;
}

interface AuthenticatorOptions {
  readonly origin?: string;
  readonly rpId?: string;
  /** Whether it asks for a PIN, a finger or a face. */
  readonly verifiesUser?: boolean;
}

/**
 * A security key in software, with one key pair.
 *
 * Source: Web Authentication Level 2, sections 6.1 (authenticator data), 6.5.1 (attested credential data), 8.7 (no
 * attestation).
 */
export class SoftwareAuthenticator {
  readonly credentialId = randomBytes(32);
  readonly #keys = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  readonly #origin: string;
  readonly #rpId: string;
  readonly #verifiesUser: boolean;
  #signatures = 0;

  constructor({
    origin = 'http://localhost',
    rpId = 'localhost',
    verifiesUser = true,
  }: AuthenticatorOptions = {}) {
    this.#origin = origin;
    this.#rpId = rpId;
    this.#verifiesUser = verifiesUser;
  }

  create(options: CeremonyOptions): object {
    const clientData = this.#clientData('webauthn.create', options);
    const credential = Buffer.concat([
      Buffer.alloc(16),
      uint16(this.credentialId.length),
      this.credentialId,
      coseKey(this.#keys.publicKey),
    ]);
    const attestation = Buffer.concat([
      mapHead(3),
      cborText('fmt'),
      cborText('none'),
      cborText('attStmt'),
      mapHead(0),
      cborText('authData'),
      cborBytes(this.#authenticatorData(0x40, credential)),
    ]);
    return this.#credential({
      clientDataJSON: clientData.toString('base64url'),
      attestationObject: attestation.toString('base64url'),
      transports: ['internal'],
    });
  }

  get(options: CeremonyOptions): object {
    const clientData = this.#clientData('webauthn.get', options);
    const data = this.#authenticatorData(0, Buffer.alloc(0));
    const signed = Buffer.concat([data, createHash('sha256').update(clientData).digest()]);
    return this.#credential({
      clientDataJSON: clientData.toString('base64url'),
      authenticatorData: data.toString('base64url'),
      signature: sign('sha256', signed, this.#keys.privateKey).toString('base64url'),
    });
  }

  #credential(response: object): object {
    const id = this.credentialId.toString('base64url');
    return { id, rawId: id, type: 'public-key', clientExtensionResults: {}, response };
  }

  #clientData(type: string, { challenge }: CeremonyOptions): Buffer {
    return Buffer.from(JSON.stringify({ type, challenge, origin: this.#origin, crossOrigin: false }));
  }

  #authenticatorData(flags: number, credential: Buffer): Buffer {
    this.#signatures += 1;
    const present = 0x01 | (this.#verifiesUser ? 0x04 : 0);
    return Buffer.concat([
      createHash('sha256').update(this.#rpId).digest(),
      Buffer.from([flags | present]),
      uint32(this.#signatures),
      credential,
    ]);
  }
}

/** A P-256 public key for ES256. Source: RFC 9053 section 7.1.1. */
function coseKey(key: KeyObject): Buffer {
  const { x = '', y = '' } = key.export({ format: 'jwk' });
  // 1: EC2, 3: ES256, -1: P-256, -2 and -3: the point.
  return Buffer.concat([
    mapHead(5),
    Buffer.from([0x01, 0x02, 0x03, 0x26, 0x20, 0x01, 0x21]),
    cborBytes(Buffer.from(x, 'base64url')),
    Buffer.from([0x22]),
    cborBytes(Buffer.from(y, 'base64url')),
  ]);
}

/** RFC 8949: the head of a map, a text and a byte string, as short as they come here. */
function mapHead(pairs: number): Buffer {
  return Buffer.from([0xa0 | pairs]);
}

function cborText(text: string): Buffer {
  const bytes = Buffer.from(text);
  return Buffer.concat([Buffer.from([0x60 | bytes.length]), bytes]);
}

function cborBytes(bytes: Buffer): Buffer {
  const head = bytes.length < 256 ? [0x58, bytes.length] : [0x59, bytes.length >> 8, bytes.length & 0xff];
  return Buffer.concat([Buffer.from(head), bytes]);
}

function uint16(value: number): Buffer {
  const bytes = Buffer.alloc(2);
  bytes.writeUInt16BE(value);
  return bytes;
}

function uint32(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(value);
  return bytes;
}
