import type { ChatPorts } from '../presets.ts'

/** As far from each other as those that programs know: seven numbers, of which the mirrored proxies share two. */
export function chatPortsFrom(first: number): ChatPorts {
  return {
    clients: first,
    servers: first + 1,
    ranks: first + 2,
    course: { from: first + 3, to: first + 4 },
    account: { from: first + 4, to: first + 3 },
    native: { from: first + 5, to: first + 6 },
  }
}
