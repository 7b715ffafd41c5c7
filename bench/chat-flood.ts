import { fork } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import type { NativeGuest } from '#roles/chat/testing/native-guest'
import type { RealChat } from '#roles/chat/testing/real-chat'
import { figure } from './chat-rounds.ts'
import { type Figure, median, percentile } from './figures.ts'

const kinds = ['users', 'publish', 'garbage'] as const
const channel = 'random'
const restMs = 5

/** How much longer somebody waits for what he says while a program asks as fast as it can: calm and flood in turns. */
export async function flooded(lab: RealChat, isQuick: boolean): Promise<readonly Figure[]> {
  const rounds = isQuick ? 3 : 5
  const messages = isQuick ? 100 : 300
  const guest = await lab.guest('bench-flooded')
  await guest.does({ kind: 'join', channel })
  const [ratios, calm]: [number[], number[]] = [[], []]
  for (const kind of kinds) {
    const [calmMs, floodedMs]: [number[], number[]] = [[], []]
    for (let round = 0; round < rounds; round += 1) {
      calmMs.push(await p99(guest, messages))
      const stop = await flood(lab.address('clients'), kind)
      floodedMs.push(await p99(guest, messages))
      await stop()
    }
    ratios.push(median(floodedMs) / median(calmMs))
    calm.push(...calmMs)
  }
  const each = kinds.map((kind, place) => `${kind} ${(ratios[place] ?? 0).toFixed(2)}`).join(', ')
  const note = `the worst of ${each}; ${messages} messages one by one, calm and under a flood in turns, ${rounds} times each`
  return [
    figure('chat.flood_p99_ratio', Math.max(...ratios), 'x', note),
    figure('chat.flood_calm_p99_ms', median(calm), 'ms', 'said to answered, without it'),
  ]
}

async function p99(guest: NativeGuest, messages: number): Promise<number> {
  const tookMs: number[] = []
  for (let said = 0; said < messages; said += 1) {
    const beganMs = performance.now()
    await guest.does({
      kind: 'say',
      to: { kind: 'channel', name: channel },
      text: 'oi',
      replyTo: null,
      through: 'native',
    })
    tookMs.push(performance.now() - beganMs)
    await new Promise((resolve) => setTimeout(resolve, restMs))
  }
  return percentile(tookMs, 99)
}

async function flood(address: string, kind: string): Promise<() => Promise<void>> {
  const file = new URL('../node-runtime/roles/chat/testing/flood.ts', import.meta.url)
  const child = fork(fileURLToPath(file), [address, kind])
  await once(child, 'message')
  return async () => {
    child.kill('SIGKILL')
    await once(child, 'exit')
  }
}
