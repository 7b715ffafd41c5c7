import type { ChatSetup } from '#contract/window/chat'
import type { CheckedInput } from '#contract/window/contract'
import { fail, type Result } from '#kit/result'
import { deskNode } from './desk-handlers.ts'
import type { Lab } from './lab.ts'
import { openedAnew } from './opened-anew.ts'

type Labs = Pick<
  Lab,
  'topology' | 'chatSetup' | 'configureChat' | 'startCluster' | 'stopCluster' | 'startNode' | 'stopNode'
>

/** A chat that runs is started anew with what was chosen, and with it the desk, which is told the profile when it starts. */
export async function configureChat(lab: Labs, order: CheckedInput<'chat.configure'>): Promise<Result<ChatSetup>> {
  const { clusterId, change } = order
  const setup = lab.chatSetup(clusterId)
  if (!setup.ok) return setup
  const { settings, canChooseProfile } = setup.value
  const profile = change.profile ?? settings.profile
  // Before anything is stopped for it.
  if (profile !== settings.profile && !canChooseProfile) {
    return fail(
      'does-not-apply',
      `${clusterId} has answered as ${settings.profile}; only a lab that is reset can choose again`,
    )
  }
  const chosen = Object.fromEntries(Object.entries(change).filter(([, value]) => value !== undefined))
  if (Object.keys(chosen).length === 0) return setup
  const { kept, opened } = await openedAnew(lab, clusterId, () => lab.configureChat(clusterId, chosen))
  if (!kept.ok) return kept
  if (profile !== settings.profile) await startDeskAnew(lab)
  return opened.ok ? lab.chatSetup(clusterId) : opened
}

async function startDeskAnew(lab: Labs): Promise<void> {
  const nodes = lab.topology().clusters.flatMap((cluster) => cluster.nodes)
  if (nodes.find(({ id }) => id === deskNode)?.state.kind !== 'running') return
  await lab.stopNode(deskNode)
  // What becomes of it shows in the lab.
  await lab.startNode(deskNode)
}
