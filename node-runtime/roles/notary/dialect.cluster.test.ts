import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { nodeId } from '#kit/ids'
import { notary, openRealLab, type RealLab } from '#supervisor/testing/real-lab'
import { type AskedAgain, expectAsRecorded, type HeardAgain } from './api/testing/recorded.ts'

const first = nodeId('notary-1')

let lab: RealLab
beforeEach(() => {
  lab = openRealLab()
})
afterEach(() => lab.close())

async function ask({ number, path, ...question }: AskedAgain): Promise<HeardAgain> {
  const { http } = lab.node(nodeId(`notary-${number}`))
  const answer = await fetch(`http://${http?.host}:${http?.port}${path}`, question)
  const contentType = answer.headers.get('content-type') ?? undefined
  return { status: answer.status, contentType, body: await answer.text() }
}

const status = async (number: number) => JSON.parse((await ask({ number, path: '/status', method: 'GET' })).body)

/** The first peer leads, as in the recording, and everybody has heard of it. */
async function untilFirstLeads(): Promise<void> {
  const leader = await lab.leader()
  if (leader.id !== first) await lab.supervisor.ask(leader.id, { kind: 'hand-over', to: first })
  await lab.until(() => lab.nodes().every(({ view }) => view?.leadership?.leader === first))
}

describe('real peers of a lab whose lab.json says dialect A', () => {
  it('answer to the letter as the original did, are told of another choice while they run, and keep it', async () => {
    expect(lab.supervisor.topology().clusters[0]?.dialect, 'lab.json was not read yet').toBeNull()
    expect(await lab.supervisor.speak(notary, 'A')).toEqual({ ok: true, value: null })
    await lab.start()
    await untilFirstLeads()
    await expectAsRecorded('A', ask)

    expect(await lab.supervisor.speak(notary, 'B')).toEqual({ ok: true, value: null })
    for (const number of [1, 2, 3]) expect(await status(number)).toHaveProperty('node_address')
    expect(await lab.supervisor.speak(notary, 'A')).toEqual({ ok: true, value: null })
    await lab.supervisor.stopCluster(notary)
    await lab.start()
    for (const number of [1, 2, 3]) expect(await status(number)).toHaveProperty('node_id', String(number))
    expect(lab.supervisor.topology().clusters[0]?.dialect).toBe('A')
    const file = JSON.parse(readFileSync(join(lab.dir, 'lab.json'), 'utf8')) as { readonly dialects: unknown }
    expect(file.dialects).toEqual({ notary: 'A' })
    expect(lab.problems).toEqual([])
  })
})
