import { type Context, Reply } from 'zeromq'
import type { PeerAddress } from '#contract/worker/protocol'
import type { Stop } from '#kit/stop-stack'
import { toZ85 } from '#kit/z85'

const zapAddress = 'inproc://zeromq.zap.01'
const zapVersion = '1.0'

/**
 * Answers ZeroMQ's question who may come in (RFC 27, ZAP): members of the lab by their public key, nobody else.
 * It must stand before anything is bound in its context: without it ZeroMQ lets everybody in who can do CURVE.
 */
export async function openGate(
  context: Context,
  members: readonly PeerAddress[],
  onStranger: () => void,
): Promise<Stop> {
  const nameOf = new Map(members.map((member) => [member.publicKey, member.nodeId]))
  const socket = new Reply({ context, linger: 0 })
  await socket.bind(zapAddress)

  const serve = async (): Promise<void> => {
    for await (const [, requestId, , , , mechanism, key] of socket) {
      const name = mechanism?.toString() === 'CURVE' && key?.length === 32 ? nameOf.get(toZ85(key)) : undefined
      if (name === undefined) onStranger()
      const verdict = name === undefined ? ['400', 'not a member', '', ''] : ['200', 'OK', name, '']
      await socket.send([zapVersion, requestId ?? '', ...verdict])
    }
  }
  void untilClosed(serve(), () => socket.closed)
  return () => socket.close()
}

/** A socket that is closed rejects what waits on it; that is the end of a loop and no accident. Else it is a bug. */
export async function untilClosed(loop: Promise<void>, isClosed: () => boolean): Promise<void> {
  try {
    await loop
  } catch (error) {
    if (!isClosed()) throw error
  }
}
