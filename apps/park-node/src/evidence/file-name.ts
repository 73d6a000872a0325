const longest = 200;

/**
 * A paper's name as it may be shown and saved: without folders, without characters that are invisible or turn the
 * direction of reading, not longer than 200 characters. Null when nothing is left.
 */
export function cleanFileName(name: string): string | null {
  const last = name.normalize('NFC').split(/[/\\]/).at(-1) ?? '';
  const visible = last
    .replace(/[\p{Cc}\p{Cf}\p{Co}\p{Cn}\p{Cs}\p{Zl}\p{Zp}]/gu, '')
    .replace(/\s+/gu, ' ')
    .trim();
  const safe = visible.replace(/^\.+/, '');
  if (safe === '') return null;
  const characters = [...safe];
  if (characters.length <= longest) return safe;
  const extension = /\.[\p{L}\p{N}]{1,10}$/u.exec(safe)?.[0] ?? '';
  return characters.slice(0, longest - extension.length).join('') + extension;
}

/** A `Content-Disposition` that every browser reads: plain ASCII first, the whole name after RFC 8187. */
export function contentDisposition(kind: 'inline' | 'attachment', name: string): string {
  const ascii = name.replace(/[^\x20-\x7e]|["\\%]/g, '_');
  const encoded = encodeURIComponent(name).replace(
    /['()*]/g,
    (letter) => `%${letter.charCodeAt(0).toString(16).toUpperCase()}`,
  );
  return `${kind}; filename="${ascii}"; filename*=UTF-8''${encoded}`;
}
