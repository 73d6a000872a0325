/** Address that the printed code leads to: it shows the document to whoever holds the paper. */
export function verificationUrl(publicUrl: string, receiptNumber: string, verificationCode: string): string {
  const url = new URL(`verify/${encodeURIComponent(receiptNumber)}`, folderOf(publicUrl));
  url.searchParams.set('code', verificationCode);
  return url.href;
}

/** Address at which number and code can be typed. */
export function verificationFormUrl(publicUrl: string): string {
  return new URL('verify', folderOf(publicUrl)).href;
}

function folderOf(publicUrl: string): string {
  return publicUrl.endsWith('/') ? publicUrl : `${publicUrl}/`;
}
