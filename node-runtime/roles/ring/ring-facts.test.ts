import { expect, it } from 'vitest'
import type { RingFacts } from '#cores/ring/messages'
import { idOf } from '#cores/ring/testing/room'
import { nodeId } from '#kit/ids'
import { RingNames } from './names.ts'
import { ringPeerFacts } from './ring-facts.ts'
import { MixedRoom } from './testing/mixed-room.ts'

it('a reference peer, which says no name for itself, is called by its address', () => {
  const mixed = new MixedRoom()
  mixed.room.start('p1', true)
  mixed.passUntil(() => mixed.room.isOneRing)
  mixed.startReference('r20')
  mixed.passUntil(() => mixed.room.facts('p1').view?.members.length === 2)
  const facts: RingFacts = mixed.room.facts('p1')
  const names = new RingNames({ nodeId: nodeId('ring-1'), peers: [] }, facts.id)
  const { members } = ringPeerFacts(facts, { name: 'p1', names, historyRevision: 0, refused: {} })
  expect(members.map(({ kind, name }) => [kind, name])).toEqual([
    ['own', 'p1'],
    ['reference', idOf('r20')],
  ])
})
