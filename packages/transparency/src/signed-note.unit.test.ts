import { createPrivateKey } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { fromBase64 } from './bytes.ts';
import { parseCheckpoint, parseSignedCheckpoint, writeCheckpoint } from './checkpoint.ts';
import { cosign, cosignedAt } from './cosignature.ts';
import { nodeCrypto as crypto, signEd25519 } from './node-crypto.ts';
import {
  isSignedBy,
  noteKey,
  parseNote,
  parseSignatureLines,
  parseVerifierKey,
  signText,
  writeNote,
  writeVerifierKey,
} from './signed-note.ts';
import { aSigner, noon } from './testing/a-log.ts';

// The example key and note of Go's package golang.org/x/mod/sumdb/note.
const peterKey = 'PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW';
const peterSecret = 'AYEKFALVFGyNhPJEMzD1QIDr+Y7hfZx09iUvxdXHKDFz';
const peterText =
  "If you think cryptography is the answer to your problem,\nthen you don't know what your problem is.\n";
const peterNote = `${peterText}\n— PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=\n`;

// The key of Go's checksum database and one of its checkpoints.
const goKey = 'sum.golang.org+033de0ae+Ac4zctda0e5eza+HJyk9SxEdh+s3Ux18htTTAD8OuAn8';
const goCheckpoint =
  'go.sum database tree\n6476701\nmb8QLQIs0Z0yP5Cstq6guj87oXWeC9gEM8oVikmm9Wk=\n\n— sum.golang.org Az3grsLX85Gz+s1SiTbgkuqxgItqFq7gsMUEyVnrsa9LM7Us9S+1xbFIGu95949rj4nPRYfvimWEPWL+o3GeoWwOoAw=\n';

const key = (text: string) => parseVerifierKey(crypto, text) ?? expect.fail(text);
const note = (text: string) => parseNote(text) ?? expect.fail(text);

describe('notes of others', () => {
  it('verify by their published keys', () => {
    expect(isSignedBy(crypto, note(peterNote), key(peterKey))).toBe(true);
    expect(isSignedBy(crypto, note(goCheckpoint), key(goKey))).toBe(true);
    expect(isSignedBy(crypto, note(goCheckpoint), key(peterKey))).toBeNull();
    expect(parseSignedCheckpoint(goCheckpoint)?.checkpoint).toMatchObject({
      origin: 'go.sum database tree',
      size: 6476701,
      extensions: [],
    });
  });

  it('come out the same when their keys sign here', () => {
    const seed = (fromBase64(peterSecret) ?? expect.fail()).subarray(1);
    const der = Buffer.concat([Buffer.from('302e020100300506032b657004220420', 'hex'), seed]);
    const privateKey = createPrivateKey({ key: der, format: 'der', type: 'pkcs8' });
    const signer = { key: key(peterKey), sign: (message: Uint8Array) => signEd25519(privateKey, message) };
    expect(writeNote({ text: peterText, signatures: [signText(peterText, signer)] })).toBe(peterNote);
    expect(writeNote(note(goCheckpoint))).toBe(goCheckpoint);
  });

  it('are not believed with one bit changed', () => {
    const bytes = Buffer.from(goCheckpoint);
    for (let bit = 0; bit < bytes.length * 8; bit += 1) {
      const changed = Buffer.from(bytes);
      changed[bit >> 3] = (changed[bit >> 3] ?? 0) ^ (1 << (bit & 7));
      const parsed = parseNote(changed.toString());
      const verdict = parsed && isSignedBy(crypto, parsed, key(goKey));
      // Where the byte is no UTF-8 the text has a replacement character, which is a change of its own.
      if (verdict === true) expect.fail(`bit ${bit} of ${JSON.stringify(changed.toString())}`);
    }
  });
});

describe('verifier keys', () => {
  it.each([peterKey, goKey, 'remora.n621.de+da77ade7+BOvN63jn/bLvkieywe8R6UYAtVtNbZpXh34x7onlmtw2'])(
    '%s is written as it is read',
    (text) => {
      expect(writeVerifierKey(key(text))).toBe(text);
    },
  );

  it.each([
    'PeterNeumann+c74f20a4+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW',
    'PeterNeumann+C74F20A3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW',
    'Peter Neumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW',
    'PeterNeumann+173116ae+ZRpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW',
    'PeterNeumann+cc469956+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TWBADKEY==',
    'PeterNeumann+c74f20a3',
    '+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW',
  ])('%s is none', (text) => {
    expect(parseVerifierKey(crypto, text)).toBeNull();
  });
});

describe('what is not written as a note', () => {
  const line = peterNote.slice(peterText.length + 1);
  it.each([
    ['', 'is empty'],
    [peterText, 'has no signatures'],
    [`${peterText}\n`, 'has no line of signature'],
    [peterText + line, 'has no empty line before the signatures'],
    [peterNote.slice(0, -1), 'does not end its last line'],
    [`${peterNote}\n`, 'goes on after the signatures'],
    [peterNote.replace('\n', '\r\n'), 'holds a control character'],
    [`\n\n${line}`, 'has no text'],
    [peterNote.replace('— ', '- '), 'has another dash'],
    [peterNote.replace('PeterNeumann ', 'PeterNeumann  '), 'has a space too many'],
    [peterNote.replace('PeterNeumann', 'Peter+Neumann'), 'has a plus in a name'],
    [peterNote.replace('PeterNeumann', 'Peter\u3000Neumann'), 'has a space in a name'],
    [peterNote.replace('nAM=', 'nAM'), 'lacks padding'],
    [peterNote.replace('nAM=', 'nAN='), 'has stray bits'],
    [`${peterText}\n— PeterNeumann x08gow==\n`, 'has a key id without a signature'],
    [peterNote + line.repeat(100), 'has too many signatures'],
    [peterNote.replace('If', '\ud800'), 'holds half a character'],
  ])('is none: %j %s', (text) => {
    expect(parseNote(text)).toBeNull();
  });

  it('but sixteen signatures are taken', () => {
    expect(parseNote(`${peterText}\n${line.repeat(16)}`)?.signatures).toHaveLength(16);
    expect(parseSignatureLines(line.repeat(2))).toHaveLength(2);
  });
});

describe('checkpoints', () => {
  const root = new Uint8Array(32).fill(7);
  const text = writeCheckpoint({ origin: 'example.com/log', size: 5, root, extensions: ['more'] });

  it('are read as they are written', () => {
    expect(parseCheckpoint(text)).toEqual({ origin: 'example.com/log', size: 5, root, extensions: ['more'] });
  });

  it.each([
    text.slice(0, -1),
    text.replace('\n5\n', '\n05\n'),
    text.replace('\n5\n', '\n-5\n'),
    text.replace('\n5\n', '\n\n'),
    text.replace('\n5\n', '\n9007199254740993\n'),
    text.replace('Bwc', 'Bw'),
    `\n${text}`,
    `${text}\n`,
    'example.com/log\n5\n',
  ])('%j is none', (changed) => {
    expect(parseCheckpoint(changed)).toBeNull();
  });
});

describe('cosignatures', () => {
  const text = 'example.com/behind-the-sofa\n20852163\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n';
  const signer = aSigner('cosignature', 'witness.example/w1');
  const seconds = noon.epochMilliseconds / 1000;
  const signed = { text, signatures: [cosign(text, seconds, signer)] };

  it('hold the time at the place that the text gives it', () => {
    // The example line of the specification.
    const example = parseNote(
      `${text}\n— witness.example.com/w1 jWbPPwAAAABkGFDLEZMHwSRaJNiIDoe9DYn/zXcrtPHeolMI5OWXEhZCB9dlrDJsX3b2oyin1nPZqhf5nNo0xUe+mbIUBkBIfZ+qnA==\n`,
    );
    const octets = example?.signatures[0]?.signature ?? expect.fail();
    expect(octets).toHaveLength(72);
    expect(new DataView(octets.buffer).getBigUint64(0)).toBe(1679315147n);
  });

  it('say when the witness saw the checkpoint', () => {
    expect(cosignedAt(crypto, signed, signer.key)).toBe(seconds);
    expect(cosignedAt(crypto, note(writeNote(signed)), signer.key)).toBe(seconds);
  });

  it('are not mistaken for plain signatures, nor the other way round', () => {
    const plain = noteKey(crypto, 'ed25519', signer.key.name, signer.key.publicKey);
    expect(plain.keyId).not.toBe(signer.key.keyId);
    expect(isSignedBy(crypto, signed, plain)).toBeNull();
    const posed = signed.signatures.map((signature) => ({ ...signature, keyId: plain.keyId }));
    expect(isSignedBy(crypto, { text, signatures: posed }, plain)).toBe(false);
    const reversed = [{ ...signText(text, signer), keyId: signer.key.keyId }];
    expect(cosignedAt(crypto, { text, signatures: reversed }, signer.key)).toBe(false);
  });

  it('hold for this text, this time and this key alone', () => {
    const [own] = signed.signatures;
    const octets = own?.signature ?? expect.fail();
    for (let bit = 0; bit < octets.length * 8; bit += 1) {
      const signature = new Uint8Array(octets);
      signature[bit >> 3] = (signature[bit >> 3] ?? 0) ^ (1 << (bit & 7));
      const changed = { text, signatures: [{ name: signer.key.name, keyId: signer.key.keyId, signature }] };
      expect(cosignedAt(crypto, changed, signer.key)).toBe(false);
    }
    expect(cosignedAt(crypto, { ...signed, text: text.replace('sofa', 'soda') }, signer.key)).toBe(false);
    expect(cosignedAt(crypto, signed, aSigner('cosignature', 'witness.example/w2').key)).toBeNull();
  });
});
