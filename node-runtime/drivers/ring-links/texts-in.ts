import { isUtf8 } from 'node:buffer'
import type { Socket } from 'node:net'
import type { Stop } from '#kit/stop-stack'
import type { Clock } from '#ports/clock'
import type { RefusedWhy } from '#ports/ring-links'
import type { Arrived } from './arrived.ts'
import { ringLinkLimits } from './limits.ts'

/** Takes what a reference peer brings on a connection of its own: all until it ends, and not more than it may. */
export function takeText(
  at: { readonly socket: Socket; readonly arrived: Arrived; readonly clock: Clock },
  took: (text: string) => void,
  refused: (why: RefusedWhy) => void,
): void {
  const { socket, arrived, clock } = at
  let isDone = false
  let stopTimer: Stop = () => {}
  const finish = (work: () => void): void => {
    if (isDone) return
    isDone = true
    void stopTimer()
    socket.destroy()
    work()
  }
  const check = (): void => {
    if (arrived.length > ringLinkLimits.textBytesMax) finish(() => refused('too-large'))
  }
  stopTimer = clock.after(ringLinkLimits.greetingMsMax, () => finish(() => refused('half')))
  socket.on('data', (bytes: Buffer) => {
    arrived.add(bytes)
    check()
  })
  socket.on('end', () => {
    const bytes = arrived.take(arrived.length) ?? Buffer.alloc(0)
    finish(() => (isText(bytes) ? took(bytes.toString('utf8')) : refused('garbage')))
  })
  // Broken off: nobody knows whether that was all of it.
  socket.on('close', () => finish(() => refused('half')))
  check()
}

/** Bytes that a program would write for people or for its like: UTF-8 without a zero. */
export function isText(bytes: Buffer): boolean {
  return bytes.length > 0 && isUtf8(bytes) && !bytes.includes(0)
}
