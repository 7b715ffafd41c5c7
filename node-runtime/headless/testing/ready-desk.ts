import type { DeskCall, OutboxItem } from '#contract/worker/desk'
import type { NodeId } from '#kit/ids'
import { fail, ok, type Result } from '#kit/result'
import { record } from '../../roles/desk/testing/fake-notary.ts'

/** What a desk says to a call. */
export type Answer = (call: DeskCall, node: NodeId) => Result<unknown>

export const nothing = { waiting: 0, sent: 0, 'in-log': 0, 'co-signed': 0, already: 0, refused: 0 }

/** A desk that registers at once whatever it is given. */
export function readyDesk(): Answer {
  const items: OutboxItem[] = []
  return ({ name, input }) => {
    if (name === 'notary.register') {
      for (const order of input.documents) {
        const place = items.length
        const isKnown = order.title === 'known.txt'
        const { document } = order
        items.push({
          position: place,
          order,
          state: isKnown ? 'already' : 'in-log',
          record: {
            ...record(place + 1, 'a'),
            sha256: document.kind === 'file' ? document.sha256 : '',
            registrant: 'Ana',
          },
          copies: 3,
          whyRefused: null,
          attempts: 1,
          takenWallMs: 0,
        })
      }
      return ok(nothing)
    }
    if (name !== 'notary.outbox') return fail('does-not-apply', name)
    const before = input.before ?? items.length
    const page = items.filter(({ position }) => position < before).toReversed()
    return ok({ items: page.slice(0, input.limit), next: page[input.limit - 1]?.position ?? null, counts: nothing })
  }
}
