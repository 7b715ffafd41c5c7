import type { Context } from 'zeromq'
import type { KeyPair } from '#contract/worker/protocol'
import type { SocketAddress, SocketTrust } from '#contract/worker/sockets'
import { socketLimits } from '#ports/sockets'
import { linkLimits } from '../wire/limits.ts'

/** Numbers that no other home of the port has. */
export const zeromqLimits = {
  /** Programs that vanish without a word, which only a network does to them, are let go of after a minute or so. */
  keepalive: { tcpKeepalive: 1, tcpKeepaliveIdle: 30, tcpKeepaliveInterval: 10, tcpKeepaliveCount: 3 },
  /** A subscriber's wish is a topic behind a byte or a word, which depends on who says it. */
  wishBytesMax: socketLimits.topicBytesMax + 16,
  /** Of a forwarder, which wishes for everything in one byte; its handshake takes more. */
  passedWishBytesMax: 512,
  /**
   * Of what all programs ask of one socket: 1,000 requests or 16 MB a second. Without it one that asks as fast as it can
   * takes a processor from everybody else, and hears for all of it that it is too much. With twice as many, others wait
   * about twice as long as in calm for the slowest of what they say; with these 1.6 times.
   */
  askedPace: { everyMs: 5, count: 5, bytes: 80 * 1024 },
  /** Questions of one connection that wait here, which may be long; the others wait at whoever asks them. */
  askedPerConnectionMax: 2,
  /** A port that somebody else has taken while a forwarder slept is tried again after so long. */
  bindAgainMs: 500,
} as const

/** Nothing waits inside ZeroMQ for room: a send happens at once or is refused, so that one slow program holds up nobody. */
export const sending = { sendTimeout: 0, sendHighWaterMark: socketLimits.queuedPerConnectionMax }

/** Heartbeats go between own nodes only: old libraries of other programs do not know them. */
export function common(context: Context, { host }: Pick<SocketAddress, 'host'>) {
  return {
    context,
    ipv6: host.includes(':'),
    linger: 0,
    maxMessageSize: socketLimits.saidBytesMax,
    handshakeInterval: linkLimits.handshakeMsMax,
    ...zeromqLimits.keepalive,
  }
}

export function connecting(context: Context, to: SocketAddress) {
  return {
    ...common(context, to),
    reconnectInterval: linkLimits.reconnectMsMin,
    reconnectMaxInterval: linkLimits.reconnectMsMax,
    connectTimeout: linkLimits.connectMsMax,
  }
}

/** Between own nodes both ends are known, and know heartbeats. */
const watched = {
  heartbeatInterval: linkLimits.heartbeatMs,
  heartbeatTimeout: linkLimits.silenceMsMax,
  heartbeatTimeToLive: linkLimits.silenceMsMax,
}

export function trusting(trust: SocketTrust, keys: KeyPair) {
  if (trust.kind === 'open') return {}
  return {
    curvePublicKey: keys.publicKey,
    curveSecretKey: keys.secretKey,
    curveServerKey: trust.serverKey,
    ...watched,
  }
}

export function trusted(trust: 'open' | 'lab', keys: KeyPair) {
  if (trust === 'open') return {}
  return { curveServer: true, curveSecretKey: keys.secretKey, zapDomain: 'colmeia', ...watched }
}
