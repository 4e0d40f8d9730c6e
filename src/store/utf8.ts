const encoder = new TextEncoder();
const decoder = new TextDecoder();

/** Longer texts are worth a call of the platform. */
const FEW = 256;
const MAX_ASCII = 0x7f;

export function encodeUtf8(text: string): Uint8Array {
  const { length } = text;
  if (length > FEW) return encoder.encode(text);
  const bytes = new Uint8Array(length);
  for (let i = 0; i < length; i++) {
    const code = text.charCodeAt(i);
    if (code > MAX_ASCII) return encoder.encode(text);
    bytes[i] = code;
  }
  return bytes;
}

export function decodeUtf8(bytes: Uint8Array | undefined): string {
  return decoder.decode(bytes);
}
