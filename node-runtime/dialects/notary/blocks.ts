import { asciiJson } from '#kit/ascii-json'

/** B is served by default; A is older. */
export type NotaryDialect = 'A' | 'B'

/** A block whole. Each dialect shows its own part of it. */
export interface DialectBlock {
  readonly index: number
  readonly timestamp: string
  readonly atMs: number
  readonly data: string
  readonly previousHash: string
  readonly hash: string
}

/** As it stands in a chain. */
export function blockJson(dialect: NotaryDialect, block: DialectBlock): string {
  const begin = `{"data":${asciiJson(block.data)},"hash":"${block.hash}","index":${block.index}`
  return dialect === 'B'
    ? `${begin},"previous_hash":"${block.previousHash}","timestamp":"${block.timestamp}"}`
    : `${begin},"timestamp":${seconds(block.atMs)}}`
}

/** What A tells of a block that it has just registered. */
export function shortBlockJson({ hash, index, atMs }: DialectBlock): string {
  return `{"hash":"${hash}","index":${index},"timestamp":${seconds(atMs)}}`
}

/** What stands before the first block of a chain and after the last; between them stand commas. */
export function chainFrame(dialect: NotaryDialect): { readonly before: string; readonly after: string } {
  return dialect === 'B' ? { before: '{"chain":[', after: ']}\n' } : { before: '[', after: ']\n' }
}

/** As Python writes a float: whole seconds keep their fraction. */
function seconds(atMs: number): string {
  const text = String(atMs / 1000)
  return text.includes('.') ? text : `${text}.0`
}
