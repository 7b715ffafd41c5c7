import { wireLimits } from '#ports/wire'

/** Numbers of the ZeroMQ wire that no other home of the port has. */
export const linkLimits = {
  /** Messages of one turn leave together up to this size; a larger one leaves alone. */
  batchBytesMax: 64 * 1024,
  /** Batches that ZeroMQ may hold for one peer on each side; the rest waits in our own queue, where it is counted. */
  batchesInSocketMax: 64,
  /** Room for a batch head and for the length before each message of a full batch. */
  frameBytesMax: wireLimits.messageBytesMax + 64 * 1024,
  /** Enough for every word of a CURVE handshake; nothing longer is ever said on a socket that only sends. */
  handshakeBytesMax: 1_024,
  reconnectMsMin: 20,
  reconnectMsMax: 100,
  /** After a refused handshake: the peer has other keys or is no peer, and hurry does not mend that. */
  refusedMs: 500,
  connectMsMax: 2_000,
  handshakeMsMax: 2_000,
  heartbeatMs: 1_000,
  silenceMsMax: 3_000,
  /** On a link without traffic a bare stamp goes out this often, so that its latency and age stay known. */
  pulseMs: 1_000,
  /** Connections of one peer whose messages are believed: the present one, and the last words of the one before. */
  connectionsPerPeerMax: 2,
} as const
