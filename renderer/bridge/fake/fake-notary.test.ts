import { expect, it } from 'vitest'
import { guessedSettings } from '../../stores/settings.ts'
import { FakeBridge } from './fake-bridge.ts'
import { FakeLab } from './fake-lab.ts'

const order = (id: string, sha256: string) => ({
  id,
  document: { kind: 'file' as const, sha256, bytes: 1 },
  title: id,
  registrant: 'Ana',
})

it('takes documents to their receipts while somebody leads, and keeps them while nobody does', async () => {
  const lab = new FakeLab(1_000_000)
  const bridge = new FakeBridge(lab, guessedSettings('en'))
  const states = async () => {
    const answer = await bridge.call('notary.outbox', { before: null, limit: 100, state: null })
    return answer.ok ? answer.value.items.map(({ order: { id }, state }) => `${id} ${state}`) : []
  }
  const beats = (count: number): void => {
    for (let beat = 0; beat < count; beat += 1) {
      lab.advance(200)
      bridge.publish()
    }
  }
  await bridge.call('notary.register', { documents: [order('a', '11'.repeat(32)), order('b', '11'.repeat(32))] })
  beats(5)
  expect(await states()).toEqual(['b waiting', 'a waiting'])
  lab.startAll()
  beats(20)
  expect(await states()).toEqual(['b already', 'a co-signed'])
})
