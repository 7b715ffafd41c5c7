import { passwordLimits } from '#ports/passwords'

/** A hashed password as it is kept. */
export interface Phc {
  readonly logN: number
  readonly r: number
  readonly p: number
  readonly salt: Uint8Array
  readonly hash: Uint8Array
}

export function formatPhc({ logN, r, p, salt, hash }: Phc): string {
  return `$scrypt$ln=${logN},r=${r},p=${p}$${plainBase64(salt)}$${plainBase64(hash)}`
}

/** null: no such string, or one that would cost more than ours. */
export function parsePhc(text: string): Phc | null {
  const parts = pattern.exec(text)
  if (parts === null) return null
  const [, logN, r, p, salt = '', hash = ''] = parts
  const { scryptLogN, scryptR, scryptP, hashBytes } = passwordLimits
  const cost = { logN: Number(logN), r: Number(r), p: Number(p) }
  if (cost.logN > scryptLogN || cost.r > scryptR || cost.p > scryptP) return null
  if (cost.logN < 1 || cost.r < 1 || cost.p < 1) return null
  const phc = { ...cost, salt: Buffer.from(salt, 'base64'), hash: Buffer.from(hash, 'base64') }
  return phc.hash.length === hashBytes && phc.salt.length > 0 ? phc : null
}

/** The format has no padding. */
function plainBase64(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('base64').replaceAll('=', '')
}

const pattern = /^\$scrypt\$ln=(\d{1,2}),r=(\d{1,2}),p=(\d{1,2})\$([A-Za-z0-9+/]{1,64})\$([A-Za-z0-9+/]{1,64})$/
