import { generateKeyPairSync, randomBytes, sign, verify } from 'node:crypto';

const { privateKey, publicKey } = generateKeyPairSync('ed25519');
/** About what one of the small messages has. Unit: bytes. */
const size = 512;

/** How many messages one thread can sign, and verify what it signed, and nothing else. Unit: per second. */
export function bareRate(milliseconds = 1_000): number {
  const message = randomBytes(size);
  const began = performance.now();
  let count = 0;
  let passed = 0;
  while (passed < milliseconds) {
    message.writeUInt32BE(count);
    if (!verify(null, message, publicKey, sign(null, message, privateKey)))
      throw new Error('It does not verify');
    count += 1;
    passed = performance.now() - began;
  }
  return (count / passed) * 1_000;
}
