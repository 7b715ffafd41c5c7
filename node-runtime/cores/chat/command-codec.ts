import { ByteReader, ByteWriter } from '#kit/bytes'
import { idPattern, nodeId } from '#kit/ids'
import { readDeed, writeDeed } from './deed-codec.ts'
import { chatLimits } from './limits.ts'
import type { ChatCommand, Deed } from './messages.ts'

/** So that a record of another kind is not taken for a command by chance. */
const mark = 0xc6

export function encodeChatCommand({ by, term, publishedUpTo, deeds }: ChatCommand): Uint8Array {
  const writer = new ByteWriter(64 + deeds.length * 128).byte(mark).text(by).number(term).number(publishedUpTo)
  writer.uint32(deeds.length)
  for (const deed of deeds) writeDeed(writer, deed)
  return writer.done()
}

/** null: no command of ours, or one past its limits. Its values share the memory of `bytes`. */
export function decodeChatCommand(bytes: Uint8Array): ChatCommand | null {
  if (bytes.length > chatLimits.commandBytesMax) return null
  const reader = new ByteReader(bytes)
  if (reader.byte() !== mark) return null
  const by = reader.text()
  const term = reader.count()
  const publishedUpTo = reader.count()
  const count = reader.uint32()
  if (!idPattern.test(by) || count > chatLimits.deedsPerCommandMax) return null
  const deeds: Deed[] = []
  while (deeds.length < count) {
    const deed = readDeed(reader)
    if (deed === null || !reader.isSound) return null
    deeds.push(deed)
  }
  return reader.isDone ? { by: nodeId(by), term, publishedUpTo, deeds } : null
}

/** One deed on its own, on its way to whoever leads. */
export function encodeDeed(deed: Deed): Uint8Array {
  return writeDeed(new ByteWriter(128), deed).done()
}

/** null: no deed. */
export function decodeDeed(bytes: Uint8Array): Deed | null {
  const reader = new ByteReader(bytes)
  const deed = readDeed(reader)
  return reader.isDone ? deed : null
}
