import { describe, expect, it } from 'vitest'
import { VirtualDisk } from '#sim/virtual-disk'
import { VirtualStore } from '#sim/virtual-store'
import { CoSigner } from './co-signer.ts'
import { Outbox } from './outbox.ts'
import { orders } from './testing/desk-world.ts'
import { record } from './testing/fake-notary.ts'

/** So many in the log, the place of each by its position. */
function logged(count: number, indexOf: (position: number) => number): Outbox {
  const outbox = new Outbox(new VirtualStore(new VirtualDisk()))
  outbox.take(orders(count), 0)
  const rows = outbox.nextToSend({ itemsMax: count, charsMax: Number.POSITIVE_INFINITY })
  outbox.markSent(rows)
  outbox.settle(
    rows.map(({ position }) => ({
      position,
      outcome: { kind: 'in-log', record: record(indexOf(position), 'a') },
      attempts: 1,
    })),
  )
  return outbox
}

function tick(coSigner: CoSigner, size: number, times: number): void {
  for (let time = 0; time < times; time += 1) coSigner.tick(size)
}

describe('what the witnesses have signed for', () => {
  it('is found behind many that they have not', () => {
    // Registered before, under the same ids, by an outbox that was lost: the later ones have the lower places.
    const outbox = logged(2_500, (position) => (position < 2_400 ? 5_000 + position : position - 2_400))
    const coSigner = new CoSigner(outbox)
    tick(coSigner, 100, 4)
    expect(outbox.counts).toMatchObject({ 'in-log': 2_400, 'co-signed': 100 })
    // Places from 5,000 up to 7,399, of which those below 6,000 are signed for.
    tick(coSigner, 6_000, 8)
    expect(outbox.counts['in-log']).toBe(1_400)
  })

  it('is not looked for again until something has changed', () => {
    const outbox = logged(3, (position) => position)
    const coSigner = new CoSigner(outbox)
    tick(coSigner, 1, 3)
    let looks = 0
    const coSign = outbox.coSign.bind(outbox)
    outbox.coSign = (part) => {
      looks += 1
      return coSign(part)
    }
    tick(coSigner, 1, 5)
    expect(looks).toBe(0)
    tick(coSigner, 3, 1)
    expect(outbox.counts['co-signed']).toBe(3)
  })
})
