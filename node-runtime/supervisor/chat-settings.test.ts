import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { clusterId, nodeId } from '#kit/ids'
import { LabFolder } from './lab-folder.ts'
import { presets } from './presets.ts'
import { createSupervisor, type Supervisor } from './supervisor.ts'
import { fakeLauncher } from './testing/fake-worker.ts'

const chat = clusterId('chat')

describe('what is chosen for a chat', () => {
  let labDir: string
  let supervisor: Supervisor

  const open = (): Supervisor =>
    createSupervisor({ lab: 'test', labDir, launcher: fakeLauncher().launcher, clusters: presets })

  beforeEach(() => {
    labDir = mkdtempSync(join(tmpdir(), 'chat-settings-'))
    supervisor = open()
  })

  afterEach(async () => {
    await supervisor.stop()
    rmSync(labDir, { recursive: true, force: true })
  })

  it('is kept, and the rest stays as it was', () => {
    expect(supervisor.configureChat(chat, { profile: 'everyone' })).toMatchObject({
      ok: true,
      value: { profile: 'everyone', hasJsonPublications: false, layout: 'course', reach: 'loopback' },
    })
    expect(open().configureChat(chat, { hasJsonPublications: true })).toMatchObject({
      value: { profile: 'everyone', hasJsonPublications: true },
    })
  })

  it('is no other profile once a server has run, until the lab is reset', async () => {
    const folder = LabFolder.open(labDir)
    if (!folder.ok) throw new Error(folder.failure.message)
    folder.value.keepHasRun(nodeId('chat-server-2'))
    expect(supervisor.configureChat(chat, { profile: 'everyone' })).toMatchObject({
      failure: { code: 'does-not-apply' },
    })
    expect(supervisor.configureChat(chat, { hasJsonPublications: true })).toMatchObject({ ok: true })
    await supervisor.reset()
    expect(supervisor.configureChat(chat, { profile: 'everyone' })).toMatchObject({ ok: true })
  })

  it('is chosen for a chat only', () => {
    expect(supervisor.configureChat(clusterId('notary'), {})).toMatchObject({ failure: { code: 'does-not-apply' } })
    expect(supervisor.configureChat(clusterId('nobody'), {})).toMatchObject({ failure: { code: 'unknown-cluster' } })
  })
})
