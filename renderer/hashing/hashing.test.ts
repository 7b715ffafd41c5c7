import { createHash } from 'node:crypto'
import { createSHA256 } from 'hash-wasm'
import { describe, expect, it } from 'vitest'
import { plainSha256 } from '#kit/sha256'
import { hashFile } from './hash-file.ts'
import { aheadLimits, HashQueue } from './hash-queue.ts'
import { jobsAtWorkerMax, jobsPerMessageMax, QueuedHasher } from './hasher.ts'
import type { HashJob, HashNews, ToWorker } from './messages.ts'
import { PiecesAhead, pieceLimits } from './pieces-ahead.ts'

const bytes = (length: number) => Uint8Array.from({ length }, (_, index) => (index * 31 + 7) % 251)
const digest = (data: Uint8Array) => createHash('sha256').update(data).digest('hex')
const job = (key: string, length = 3): HashJob => ({ key, file: new Blob([bytes(length)]) })

const hash = await createSHA256()

describe('the hash of files', () => {
  it('is the one that the chain is made of, whatever the length and however it comes', () => {
    const lengths = [...Array.from({ length: 130 }, (_, length) => length), 65_535, 65_536, 65_537, 1_000_000]
    for (const length of lengths) {
      const data = bytes(length)
      const middle = Math.floor(length / 3)
      hash.init()
      hash.update(data.subarray(0, middle))
      hash.update(data.subarray(middle))
      expect(hash.digest(), `${length} bytes`).toBe(Buffer.from(plainSha256(data)).toString('hex'))
    }
  })
})

describe('a file', () => {
  const read = (file: Blob, afterPiece: (done: number) => boolean) =>
    hashFile(hash, new PiecesAhead(file), { afterPiece })

  it.each([0, 1, 64, pieceLimits.bytes, pieceLimits.bytes + 1, 3 * pieceLimits.bytes - 1])(
    'of %i bytes has its hash',
    async (length) => {
      const data = bytes(length)
      expect(await read(new Blob([data]), () => true)).toBe(digest(data))
    },
  )

  it('is read a few pieces ahead and no more, and left at once when nobody wants it any more', async () => {
    const asked: number[] = []
    const file = {
      size: 100 * pieceLimits.bytes,
      slice: (from: number) => {
        asked.push(from / pieceLimits.bytes)
        return new Blob(['x'])
      },
    } as unknown as Blob
    const seen: number[] = []
    expect(await read(file, (done) => seen.push(done) < 2)).toBeNull()
    expect(seen).toEqual([1, 2])
    expect(asked).toEqual([0, 1, 2, 3, 4].slice(0, 3 + seen.length))
  })
})

describe('the queue in the worker', () => {
  const queue = (nowMs: () => number) => {
    const news: HashNews[] = []
    return { news, queue: new HashQueue({ hash: Promise.resolve(hash), nowMs, tell: (one) => news.push(one) }) }
  }

  it('gathers what it finishes, and tells the rest at the end', async () => {
    const { news, queue: hashing } = queue(() => 1_000)
    await hashing.hear({ kind: 'hash', jobs: ['a', 'b', 'c'].map((key) => job(key)) })
    expect(news).toHaveLength(2) // the first news ever, and the end
    expect(news.flatMap(({ finished }) => finished.map(({ key }) => key))).toEqual(['a', 'b', 'c'])
  })

  it('stands still while it is held, in the middle of a file, and then goes on', async () => {
    const { news, queue: hashing } = queue(() => 0)
    await hashing.hear({ kind: 'hold', isHeld: true })
    const done = hashing.hear({ kind: 'hash', jobs: [job('a', 3_000_000)] })
    await expect.poll(() => news.at(-1)?.progress?.key).toBe('a')
    expect(news.flatMap(({ finished }) => finished)).toEqual([])
    await hashing.hear({ kind: 'hold', isHeld: false })
    await done
    expect(news.at(-1)?.finished).toEqual([{ key: 'a', sha256: digest(bytes(3_000_000)) }])
  })

  it('says of an unreadable file that it is, and goes on to the next', async () => {
    const { news, queue: hashing } = queue(() => 0)
    const gone = { arrayBuffer: () => Promise.reject(new Error('gone')) }
    const broken = { size: 3, slice: () => gone } as unknown as Blob
    await hashing.hear({ kind: 'hash', jobs: [{ key: 'a', file: broken }, job('b')] })
    expect(news.flatMap(({ finished }) => finished)).toMatchObject([{ sha256: null }, { sha256: digest(bytes(3)) }])
  })

  it('reads small files ahead, a few at a time, and large ones at their turn', async () => {
    const { queue: hashing } = queue(() => 0)
    const opened: string[] = []
    const watched = (key: string, size: number): HashJob => {
      const slice = (): Blob => {
        opened.push(key)
        return new Blob(['x'])
      }
      return { key, file: { size, slice } as unknown as Blob }
    }
    const small = Array.from({ length: 20 }, (_, index) => watched(`s${index}`, 1))
    await hashing.hear({ kind: 'hold', isHeld: true })
    const done = hashing.hear({ kind: 'hash', jobs: [watched('first', 1), watched('large', 2 ** 21), ...small] })
    expect(opened).toEqual(['first', ...small.slice(0, aheadLimits.files - 1).map(({ key }) => key)])
    await hashing.hear({ kind: 'hold', isHeld: false })
    await done
    expect(opened).toHaveLength(22)
  })

  it('does not begin what was left while it waited', async () => {
    const { news, queue: hashing } = queue(() => 0)
    const done = hashing.hear({ kind: 'hash', jobs: [job('a'), job('b')] })
    await hashing.hear({ kind: 'leave', keys: ['b'] })
    await done
    expect(news.flatMap(({ finished }) => finished).at(-1)).toEqual({ key: 'b', sha256: null })
  })
})

describe('the page', () => {
  const page = (soon: (work: () => void) => void = (work) => work()) => {
    const posted: ToWorker[] = []
    const news: HashNews[] = []
    const ends: { hear: (news: HashNews) => void; broke: () => void }[] = []
    const hasher = new QueuedHasher({
      onNews: (one) => news.push(one),
      soon,
      open: (hear, broke) => {
        ends.push({ hear, broke })
        return { post: (message) => posted.push(message), close: () => undefined }
      },
    })
    const handed = () =>
      posted.flatMap((message) => (message.kind === 'hash' ? message.jobs.map(({ key }) => key) : []))
    return { hasher, posted, news, ends, handed }
  }
  const many = Array.from({ length: 10_000 }, (_, index) => job(`k${index}`))
  const finished = (keys: readonly string[]): HashNews => ({
    progress: null,
    finished: keys.map((key) => ({ key, sha256: '00' })),
  })

  it('hands over a bounded part, and more when half of it is done', () => {
    const { hasher, ends, handed } = page()
    hasher.add(many)
    expect(handed()).toHaveLength(jobsAtWorkerMax)
    ends[0]?.hear(finished(handed().slice(0, 10)))
    expect(handed()).toHaveLength(jobsAtWorkerMax)
    ends[0]?.hear(finished(handed().slice(10, 40)))
    expect(handed()).toHaveLength(jobsAtWorkerMax + 40)
  })

  it('hands over a few in one go, lets others have their turn, and does not begin twice', () => {
    const turns: (() => void)[] = []
    const { hasher, ends, handed } = page((work) => turns.push(work))
    hasher.add(many)
    expect(handed()).toHaveLength(jobsPerMessageMax)
    ends[0]?.hear(finished(handed().slice(0, 5)))
    hasher.add([job('late')])
    expect(turns).toHaveLength(1)
    for (let turn = turns.pop(); turn !== undefined; turn = turns.pop()) turn()
    expect(handed()).toHaveLength(jobsAtWorkerMax + 5)
    ends[0]?.hear(finished(handed()))
    expect(handed()).toHaveLength(jobsAtWorkerMax + 5 + jobsPerMessageMax)
  })

  it('leaves what waits without a word, and tells the worker of what it has', () => {
    const { hasher, posted } = page()
    hasher.add(many)
    hasher.leave(['k9999', 'k1'])
    expect(posted.at(-1)).toEqual({ kind: 'leave', keys: ['k1'] })
  })

  it('hands over nothing while it is held', () => {
    const { hasher, handed } = page()
    hasher.hold(true)
    hasher.add(many)
    expect(handed()).toEqual([])
    hasher.hold(false)
    expect(handed()).toHaveLength(jobsAtWorkerMax)
  })

  it('goes on with another worker when one dies, and says what the dead one had', () => {
    const { hasher, news, ends, handed } = page()
    hasher.add(many.slice(0, 100))
    ends[0]?.broke()
    expect(news[0]?.finished).toHaveLength(jobsAtWorkerMax)
    expect(ends).toHaveLength(2)
    expect(new Set(handed()).size).toBe(100)
  })
})
