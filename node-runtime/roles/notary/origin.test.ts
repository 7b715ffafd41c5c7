import { describe, expect, it } from 'vitest'
import { notaryLimits } from '#cores/notary/messages'
import { isKeyName } from '#cores/notary/receipt/verifier-key'
import { clusterId } from '#kit/ids'
import { plainSha256 } from '#kit/sha256'
import { originOf } from './origin.ts'

const origin = (lab: string, cluster: string) => originOf({ lab, clusterId: clusterId(cluster) }, plainSha256)

describe('the name that a notary is founded under', () => {
  it('is that of lab and cluster when it is short enough', () => {
    expect(origin('lab', 'notary')).toBe('colmeia.local/lab/notary')
    expect(origin('My Lab', 'notary')).toBe('colmeia.local/my-lab/notary')
    expect(origin('eleven-long', 'notary')).toBe('colmeia.local/eleven-long/notary')
  })

  it('RC42 is never longer than receipts have room for, and names a key', () => {
    for (const lab of ['twelve-chars', 'n'.repeat(31), 'Ação '.repeat(40)]) {
      for (const cluster of ['notary', 'n'.repeat(31)]) {
        const name = origin(lab, cluster)
        expect(name, `${lab} ${cluster}`).toHaveLength(notaryLimits.foundedOriginBytesMax)
        expect([isKeyName(name), /^[\x21-\x7e]+$/.test(name)]).toEqual([true, true])
      }
    }
  })

  it('is another for another lab or cluster, however they begin', () => {
    const names = ['archive-of-a-customer-a', 'archive-of-a-customer-b'].flatMap((lab) =>
      ['notary', 'notary-2'].map((cluster) => origin(lab, cluster)),
    )
    expect(new Set(names).size).toBe(4)
    expect(names[0]).toMatch(/^colmeia\.local\/archive-o-[0-9a-f]{8}$/)
  })
})
