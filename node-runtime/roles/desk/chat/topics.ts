import type { Stop } from '#kit/stop-stack'
import type { SubscriberSocket } from '#ports/sockets'

type Hear = (payload: Uint8Array) => void

/** What is published natively, to whoever of this desk follows it. Several sessions may follow the same topic. */
export class Topics {
  readonly #socket: SubscriberSocket
  readonly #followers = new Map<string, Set<Hear>>()

  constructor(socket: SubscriberSocket) {
    this.#socket = socket
  }

  get isTold(): boolean {
    return this.#socket.isConnected
  }

  /** `onConnected`: what was published since the last time, nobody here has heard. */
  listen(onConnected: (isConnected: boolean) => void): Stop {
    const stops = [
      this.#socket.listen((topic, payload) => {
        // Sockets match topics by their beginning; here they are compared whole.
        for (const hear of this.#followers.get(topic) ?? []) hear(payload)
      }),
      this.#socket.onConnected(onConnected),
    ]
    return () => {
      for (const stop of stops) void stop()
    }
  }

  follow(topic: string, hear: Hear): Stop {
    const own: Hear = (payload) => hear(payload)
    const followers = this.#followers.get(topic)
    if (followers === undefined) {
      this.#followers.set(topic, new Set([own]))
      this.#socket.follow(topic)
    } else followers.add(own)
    return () => {
      const left = this.#followers.get(topic)
      if (left === undefined || !left.delete(own) || left.size > 0) return
      this.#followers.delete(topic)
      this.#socket.unfollow(topic)
    }
  }
}
