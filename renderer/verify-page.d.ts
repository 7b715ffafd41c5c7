/** Made by the build: the one file that checks receipts offline, as text. */
declare module 'virtual:verify-page' {
  export const html: string
}
