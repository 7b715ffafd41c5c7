/** The browser reads an address when it saves, some time after the click; so one lives until the next is made. */
let lastAddress: string | null = null

/** Hands bytes to whoever sits in front of the window, who chooses where they go. */
export function saveFile(name: string, content: BlobPart, type: string): void {
  if (lastAddress !== null) URL.revokeObjectURL(lastAddress)
  lastAddress = URL.createObjectURL(new Blob([content], { type }))
  const link = document.createElement('a')
  link.href = lastAddress
  link.download = name
  link.click()
}

export function bytesOfBase64(base64: string): Uint8Array<ArrayBuffer> {
  const letters = atob(base64)
  const bytes = new Uint8Array(letters.length)
  for (let index = 0; index < letters.length; index += 1) bytes[index] = letters.charCodeAt(index)
  return bytes
}

export function base64Of(bytes: Uint8Array): string {
  let letters = ''
  for (const byte of bytes) letters += String.fromCharCode(byte)
  return btoa(letters)
}
