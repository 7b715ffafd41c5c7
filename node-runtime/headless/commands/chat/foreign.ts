import type { ChatForeign, ChatForeignEvent } from '#contract/window/chat'
import type { ControlClient } from '#host/control-client'
import type { ClusterId } from '#kit/ids'
import type { Surroundings, Words } from '../../command.ts'
import { onLine } from '../../on-line.ts'
import { plain, timeOf } from '../../plain.ts'
import { type ExitCode, exitCodes, type Terminal } from '../../terminal.ts'
import { chatOf } from './lab.ts'

const pageMax = 200
const everyMs = 500

/** Where programs of the course plug in, and what they send, judged by the rules of the protocol; on and on if asked. */
export function foreign({ follow }: Words['named'], around: Surroundings): Promise<ExitCode> {
  const { terminal, interrupted } = around
  return onLine(around, async (line) => {
    const found = await chatOf(line)
    if (!found.ok) return terminal.refuse(found.failure)
    let isEnd = follow !== true
    void interrupted.then(() => {
      isEnd = true
    })
    let after: ChatForeign['next'] | null = null
    do {
      const read = await readAll(line, found.value, after, terminal)
      if (read === null) return exitCodes.refused
      after = read
      if (!isEnd) await Promise.race([interrupted, new Promise((resolve) => setTimeout(resolve, everyMs))])
    } while (!isEnd)
    return exitCodes.done
  })
}

/** All that there is now, page by page. null: it was refused, and that was said. */
async function readAll(
  line: ControlClient,
  clusterId: ClusterId,
  from: ChatForeign['next'] | null,
  terminal: Terminal,
): Promise<ChatForeign['next'] | null> {
  for (let after = from; ; ) {
    const page = await line.call('chat.foreign', { clusterId, after, limit: pageMax })
    if (!page.ok) {
      terminal.refuse(page.failure)
      return null
    }
    const { addresses, events, next, silent } = page.value
    if (after === null) {
      const places = addresses.map(({ name, address }) => `  ${name.padEnd(14)} ${address}`)
      terminal.give({ event: 'addresses', addresses, silent }, () => [terminal.words.chat.plugIn, ...places].join('\n'))
    }
    for (const event of events) terminal.give({ event: 'foreign', ...event }, () => linesOf(event, terminal))
    after = next
    if (events.length === 0) return next
  }
}

function linesOf(event: ChatForeignEvent, { words }: Terminal): string {
  const { wallMs, at, from, dialect, codec, service, payload, answer, rules } = event
  const broken = rules.filter(({ isKept }) => !isKept)
  const verdict =
    broken.length === 0 ? `✓ ${words.chat.kept(rules.length)}` : `✗ ${words.chat.broken(broken.length, rules.length)}`
  return [
    `${timeOf(wallMs)} ${at} ${plain(from)} ${dialect}/${codec} ${plain(service)}  ${verdict}`,
    `    > ${plain(payload)}`,
    ...(answer === null ? [] : [`    < ${plain(answer)}`]),
    ...broken.map(({ rule, detail }) => `    ✗ ${rule} ${plain(detail)}`),
  ].join('\n')
}
