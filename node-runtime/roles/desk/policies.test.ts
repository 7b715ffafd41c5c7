import { describe, expect, it } from 'vitest'
import { deskLimits } from '#contract/worker/desk'
import { VirtualDisk } from '#sim/virtual-disk'
import { VirtualStore } from '#sim/virtual-store'
import { Policies, saidByMajority } from './policies.ts'
import { fakeJudge } from './testing/desk-world.ts'

function open(disk = new VirtualDisk()) {
  const reopen = () => new Policies({ store: new VirtualStore(disk), read: fakeJudge.readPolicy })
  return { disk, reopen, policies: reopen() }
}

const own = 'policy own\nfirst list\n'
const later = 'policy own\nsecond list\n'
const other = 'policy other\n'

describe('policies', () => {
  it('the own notary counts by itself when it is heard first, and what follows under the same log key too', () => {
    const { policies, reopen } = open()
    expect(policies.isOwnApproved).toBe(false)
    expect(policies.learnOwn(own)).toBe(true)
    expect(policies.learnOwn(own)).toBe(false)
    expect(policies.learnOwn(later)).toBe(true)
    expect(policies.texts).toEqual([later, own])
    expect(reopen().views()).toMatchObject([
      { text: later, isOwn: true, isApproved: true },
      { text: own, isOwn: true, isApproved: true },
    ])
  })

  it('another log key is offered, and counts when a person approves it', () => {
    const { policies } = open()
    policies.learnOwn(own)
    policies.learnOwn(other)
    expect([policies.own, policies.isOwnApproved, policies.texts]).toEqual([other, false, [own]])
    expect(policies.views()[0]).toMatchObject({ text: other, isOwn: true, isApproved: false })
    expect(policies.approve(null)).toMatchObject({ ok: true })
    expect(policies.isOwnApproved).toBe(true)
  })

  it('what a person has withdrawn does not come back by itself, also not under another list or after a restart', () => {
    const { policies, reopen } = open()
    policies.learnOwn(own)
    expect(policies.withdraw(`f ${own}`)).toMatchObject({ ok: true })
    const after = reopen()
    after.learnOwn(own)
    after.learnOwn(later)
    expect(after.texts).toEqual([])
    // Whoever can take the place of the notary must not be trusted for that a person has just said no.
    after.learnOwn(other)
    expect(after.texts).toEqual([])
    after.approve(own)
    after.learnOwn(later)
    expect(after.texts).toEqual([later, own])
  })

  it('of which one was withdrawn does not go on by itself with the next list', () => {
    const { policies } = open()
    policies.learnOwn(own)
    policies.learnOwn(later)
    policies.withdraw(`f ${later}`)
    policies.learnOwn('policy own\nthird list\n')
    expect(policies.texts).toEqual([own])
  })

  it('a stranger counts only after approval, and is no own one', () => {
    const { policies } = open()
    expect(policies.approve(null)).toMatchObject({ failure: { code: 'not-ready' } })
    expect(policies.approve('cake')).toMatchObject({ failure: { code: 'bad-request' } })
    expect(policies.approve(other)).toMatchObject({ ok: true })
    expect(policies.approve(other)).toMatchObject({ ok: true })
    expect(policies.views()).toMatchObject([{ text: other, isOwn: false, isApproved: true }])
    expect(policies.withdraw('f nothing')).toMatchObject({ failure: { code: 'not-found' } })
    // It was approved by a person, and the own notary's first still counts by itself.
    policies.learnOwn(own)
    expect(policies.texts).toEqual([own, other])
  })

  it('drops the oldest own ones when there are too many, and never what a person approved', () => {
    const { policies } = open()
    policies.approve(other)
    for (let list = 0; list < deskLimits.policiesMax + 5; list += 1) policies.learnOwn(`policy own\n${list}\n`)
    expect(policies.texts).toHaveLength(deskLimits.policiesMax)
    expect(policies.texts.at(-1)).toBe(other)
  })

  it('changes nothing when the disk is full', () => {
    const { disk, policies } = open()
    disk.isFull = true
    policies.learnOwn(own)
    expect(policies.isOwnApproved).toBe(false)
    expect(policies.approve(other)).toMatchObject({ failure: { code: 'disk-full' } })
    expect(policies.texts).toEqual([])
    disk.isFull = false
    expect(policies.approve(null)).toMatchObject({ ok: true })
  })
})

describe('what a majority says', () => {
  it.each([
    [['a', 'a', 'b'], 'a'],
    [['a', 'b', null], null],
    [['a', null, null], null],
    [['a', 'a', null], 'a'],
    [['a'], 'a'],
    [[], null],
  ])('%j is %j', (said, expected) => expect(saidByMajority(said)).toBe(expected))
})
