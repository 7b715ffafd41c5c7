import { type Context, Router } from 'zeromq'
import type { KeyPair } from '#contract/worker/protocol'
import type { DropWhy } from '#contract/worker/trace'
import type { NodeId } from '#kit/ids'
import { ok, type Result } from '#kit/result'
import { type Bound, bindTo } from './bind-to.ts'
import { decodeFrame, type Frame, type Stamp } from './frames.ts'
import { untilClosed } from './gate.ts'
import { linkLimits } from './limits.ts'
import { isProven, type Prover } from './proof.ts'

export interface InboxOptions {
  readonly context: Context
  readonly self: NodeId
  readonly host: string
  readonly port: number
  readonly keys: KeyPair
  readonly provers: ReadonlyMap<string, { readonly nodeId: NodeId; readonly prove: Prover }>
  readonly onHello: (from: NodeId) => void
  readonly onBatch: (from: NodeId, stamp: Stamp, messages: readonly Uint8Array[]) => void
  readonly onDrop: (from: NodeId | null, why: DropWhy) => void
}

/** The one socket on which a node listens to its own kind. */
export async function openInbox(options: InboxOptions): Promise<Result<Bound>> {
  const { context, keys, host } = options
  const socket = new Router({
    context,
    curveServer: true,
    curveSecretKey: keys.secretKey,
    zapDomain: 'colmeia',
    ipv6: host.includes(':'),
    linger: 0,
    receiveHighWaterMark: linkLimits.batchesInSocketMax,
    maxMessageSize: linkLimits.frameBytesMax,
    handshakeInterval: linkLimits.handshakeMsMax,
    heartbeatInterval: linkLimits.heartbeatMs,
    heartbeatTimeout: linkLimits.silenceMsMax,
    heartbeatTimeToLive: linkLimits.silenceMsMax,
  })
  const bound = await bindTo(socket, options)
  if (!bound.ok) return bound
  const senders = new Senders(options)
  const serve = async (): Promise<void> => {
    for await (const [connection, frame] of socket) if (connection && frame) senders.heard(connection, frame)
  }
  void untilClosed(serve(), () => socket.closed)
  return ok(bound.value)
}

/** Knows which connection has proven to be whom. */
class Senders {
  readonly #options: InboxOptions
  /** In order of their hellos, so that the oldest of a peer can be forgotten. */
  readonly #nameOf = new Map<string, NodeId>()

  constructor(options: InboxOptions) {
    this.#options = options
  }

  heard(connection: Buffer, bytes: Buffer): void {
    const from = this.#nameOf.get(connection.toString('latin1')) ?? null
    const frame = decodeFrame(bytes)
    if (frame === null) this.#options.onDrop(from, 'malformed')
    else if (frame.kind === 'hello') this.#greeted(connection, frame)
    else if (from === null) this.#options.onDrop(null, 'stranger')
    else this.#options.onBatch(from, frame.stamp, frame.messages)
  }

  #greeted(connection: Buffer, hello: Extract<Frame, { kind: 'hello' }>): void {
    const known = this.#options.provers.get(hello.nodeId)
    const isTrue =
      known !== undefined &&
      isProven(known.prove, { from: known.nodeId, to: this.#options.self, connection }, hello.proof)
    if (!isTrue) {
      this.#options.onDrop(null, 'stranger')
      return
    }
    this.#remember(connection, known.nodeId)
    this.#options.onHello(known.nodeId)
  }

  #remember(connection: Buffer, name: NodeId): void {
    this.#nameOf.set(connection.toString('latin1'), name)
    const ofPeer = [...this.#nameOf].filter(([, owner]) => owner === name)
    const surplus = Math.max(0, ofPeer.length - linkLimits.connectionsPerPeerMax)
    for (const [id] of ofPeer.slice(0, surplus)) this.#nameOf.delete(id)
  }
}
