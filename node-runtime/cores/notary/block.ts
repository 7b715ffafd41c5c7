import { asciiJson } from '#kit/ascii-json'
import type { ByteWriter } from '#kit/bytes'
import { toHex } from '#kit/hex'
import type { Sha256 } from '#kit/sha256'
import type { NotaryRecord } from './messages.ts'
import { beforeGenesis } from './record-codec.ts'

/** A record as the chain of `docs/protocols` has it. */
export interface Block {
  readonly index: number
  readonly timestamp: string
  readonly data: string
  readonly previousHash: string
  readonly hash: string
}

/** What stands at index 0 of every chain, word for word. */
export const genesisTimestamp = '2022-12-31T21:00:00'

export function blockOf({ index, atMs, previousHash, hash, ...record }: NotaryRecord): Block {
  return { index, timestamp: blockTimestamp(index, atMs), data: blockData(record), previousHash, hash }
}

/** SHA-256 of the block without its hash, as JSON whose every byte is fixed: order, separators and escapes. */
export function blockHash(sha256: Sha256, block: Omit<Block, 'hash'>): string {
  const { index, timestamp, data, previousHash } = block
  const json = `{"data": ${asciiJson(data)}, "index": ${index}, "previous_hash": ${asciiJson(previousHash)}, "timestamp": ${asciiJson(timestamp)}}`
  return toHex(sha256(asciiBytes(json)))
}

/** The same for a record as it is added, without the texts on the way there. */
export function writeBlock(
  writer: ByteWriter,
  { document, sha256, title }: Pick<NotaryRecord, 'document' | 'sha256' | 'title'>,
  { index, timestamp, previous }: { readonly index: number; readonly timestamp: string; readonly previous: Uint8Array },
): ByteWriter {
  writer.ascii('{"data": ')
  if (document.kind === 'text') writer.ascii(asciiJson(document.text))
  // Without the first quotation mark: the hash goes before the title.
  else
    writer
      .ascii('"sha256:')
      .hex(sha256)
      .ascii(asciiJson(` ${title}`).slice(1))
  writer.ascii(`, "index": ${index}, "previous_hash": "`)
  if (previous.length === 0) writer.ascii(beforeGenesis)
  else writer.hex(previous)
  return writer.ascii(`", "timestamp": "${timestamp}"}`)
}

export function blockData({ document, sha256, title }: Pick<NotaryRecord, 'document' | 'sha256' | 'title'>): string {
  return document.kind === 'text' ? document.text : `sha256:${toHex(sha256)} ${title}`
}

/** UTC without a zone, always with microseconds. */
export function blockTimestamp(index: number, atMs: number): string {
  if (index === 0) return genesisTimestamp
  const day = Math.floor(atMs / msPerDay)
  // Of the day alone, because those since 1970 are more than a number can count to in distant years.
  const micros = Math.min(Math.round((atMs - day * msPerDay) * 1_000), msPerDay * 1_000 - 1)
  const second = Math.floor(micros / 1_000_000)
  const [hours, minutes] = [Math.floor(second / 3_600), Math.floor(second / 60) % 60]
  const time = `${two(hours)}:${two(minutes)}:${two(second % 60)}`
  return `${dateOf(day)}T${time}.${String(micros % 1_000_000).padStart(6, '0')}`
}

const msPerDay = 86_400_000

/** Days since 1970 as year, month and day. Years begin in March here, so that the leap day is the last of its year. */
function dateOf(daysSince1970: number): string {
  const days = daysSince1970 + 719_468
  const era = Math.floor(days / 146_097)
  const dayOfEra = days - era * 146_097
  const leapDays = Math.floor(dayOfEra / 1_460) - Math.floor(dayOfEra / 36_524) + Math.floor(dayOfEra / 146_096)
  const yearOfEra = Math.floor((dayOfEra - leapDays) / 365)
  const dayOfYear = dayOfEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100))
  const fromMarch = Math.floor((5 * dayOfYear + 2) / 153)
  const day = dayOfYear - Math.floor((153 * fromMarch + 2) / 5) + 1
  const month = fromMarch < 10 ? fromMarch + 3 : fromMarch - 9
  const year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
  return `${String(year).padStart(4, '0')}-${two(month)}-${two(day)}`
}

function two(value: number): string {
  return value < 10 ? `0${value}` : String(value)
}

function asciiBytes(text: string): Uint8Array {
  const bytes = new Uint8Array(text.length)
  for (let index = 0; index < text.length; index += 1) bytes[index] = text.charCodeAt(index)
  return bytes
}
