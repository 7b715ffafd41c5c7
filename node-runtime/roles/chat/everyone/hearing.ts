import type { Operation } from '#cores/chat/everyone/messages'
import { readPublication } from '#dialects/chat/index'
import { encodeText } from '#kit/bytes'
import { toHex } from '#kit/hex'
import type { Sha256 } from '#kit/sha256'
import type { Stop } from '#kit/stop-stack'
import type { SubscriberSocket } from '#ports/sockets'

const topic = 'replica'

export interface HearingParts {
  readonly socket: SubscriberSocket
  /** Ours tell each other themselves: what is said in their names here is not looked at. */
  readonly servers: readonly string[]
  readonly sha256: Sha256
  readonly heard: (operation: Operation) => void
}

/** What foreign servers of the course tell others, on the proxy that is open to everybody. */
export function hearForeignServers({ socket, servers, sha256, heard }: HearingParts): Stop {
  socket.follow(topic)
  return socket.listen((at, payload) => {
    // Topics match by their beginning.
    const said = at === topic ? readPublication(topic, payload) : null
    if (said?.kind !== 'said' || servers.includes(said.operation.origin)) return
    const id = toHex(sha256(encodeText(said.canonical)))
    heard({ ...said.operation, id, through: 'course' })
  })
}
