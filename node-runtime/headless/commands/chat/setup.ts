import type { ChatSettingsChange } from '#contract/window/chat'
import { chatLayouts, chatProfiles, chatReaches } from '#contract/worker/chat'
import type { Surroundings, Words } from '../../command.ts'
import { onLine } from '../../on-line.ts'
import { type ExitCode, exitCodes } from '../../terminal.ts'
import { chatOf } from './lab.ts'

/** How the lab's chat is set up: says it, or chooses it. */
export function setup(named: Words['named'], around: Surroundings): Promise<ExitCode> {
  const { terminal } = around
  const change = changeIn(named)
  return onLine(around, async (line) => {
    const found = await chatOf(line)
    if (!found.ok) return terminal.refuse(found.failure)
    const done = await line.call('chat.configure', { clusterId: found.value, change })
    if (!done.ok) return terminal.refuse(done.failure)
    const { settings, canChooseProfile } = done.value
    terminal.give(done.value, () => terminal.words.chat.setup(settings, canChooseProfile))
    return exitCodes.done
  })
}

function changeIn({ profile, publications, layout, reach }: Words['named']): ChatSettingsChange {
  return {
    profile: chatProfiles.find((one) => one === profile),
    hasJsonPublications: publications === undefined ? undefined : publications === 'json',
    layout: chatLayouts.find((one) => one === layout),
    reach: chatReaches.find((one) => one === reach),
  }
}
