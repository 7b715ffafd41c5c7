import { expect, it } from 'vitest'
import { type ChunkRow, decodeChunk, encodeChunk } from './snapshot-chunk.ts'

const rows: readonly ChunkRow[] = [
  { space: 'sessions', key: '0001', value: Uint8Array.of(1, 2, 3) },
  { space: 'values', key: '', value: new Uint8Array(0) },
  { space: 'values', key: 'não-\ud800-\u0000', value: new Uint8Array(1000).fill(7) },
]

it.each([[rows], [[]]])('a chunk is read as it was made', (made) => {
  expect(decodeChunk(encodeChunk(made))).toEqual(made)
})

it('a chunk with any bit changed, or with an end that is missing or too much, is none', () => {
  const chunk = encodeChunk(rows)
  for (let place = 0; place < chunk.length; place += 1) {
    const flipped = chunk.slice()
    flipped[place]! ^= 1 << (place % 8)
    expect(decodeChunk(flipped), `byte ${place}`).toBeNull()
    expect(decodeChunk(chunk.subarray(0, place)), `${place} bytes`).toBeNull()
  }
  expect(decodeChunk(Uint8Array.of(...chunk, 0))).toBeNull()
})

it.each([
  ['with a space that no store has', { space: 'No', key: 'k', value: Uint8Array.of(1) }],
  ['with a key that no store takes', { space: 's', key: 'k'.repeat(2_000), value: Uint8Array.of(1) }],
])('a chunk %s is none, though its checksum is right', (_, row) => {
  expect(decodeChunk(encodeChunk([row]))).toBeNull()
})
