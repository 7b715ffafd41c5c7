import type { SpotlightActionData, SpotlightActionGroupData } from '@mantine/spotlight'
import { languages, themes } from '#contract/window/settings'
import type { NodeCard, TopologySnapshot } from '#contract/window/topology'
import { type Fault, faultKinds } from '#contract/worker/faults'
import type { Speech } from '../../i18n/use-words.ts'
import type { Actions } from '../../stores/actions.ts'
import { pages } from '../../stores/route.ts'
import type { Stores } from '../../stores/stores.ts'
import { allNodes } from '../../stores/topology.ts'
import { defaultForMs, quickFault } from '../../ui/fault-form/quick-fault.ts'

interface PaletteParts {
  readonly speech: Speech
  readonly actions: Actions
  readonly snapshot: TopologySnapshot | null
  readonly ui: Stores['ui']
}

export function paletteGroups(parts: PaletteParts): readonly SpotlightActionGroupData[] {
  const { t } = parts.speech
  return [
    { group: t('frame.palette.goTo'), actions: places(parts) },
    { group: t('frame.palette.clusters'), actions: lives(parts) },
    { group: t('frame.palette.faults'), actions: faults(parts) },
    { group: t('frame.palette.look'), actions: looks(parts) },
  ]
}

function places({ speech: { t }, actions, snapshot, ui }: PaletteParts): SpotlightActionData[] {
  return [
    ...pages.map((page) =>
      command(`go-${page}`, t('frame.palette.goToPage', { page: t(`frame.pages.${page}`) }), () =>
        actions.go({ page }),
      ),
    ),
    ...allNodes(snapshot).map(({ id }) =>
      command(`show-${id}`, t('frame.palette.openNode', { node: id }), () =>
        actions.go({ page: 'overview', part: id }),
      ),
    ),
    command('shortcuts', t('frame.palette.shortcuts'), () => ui.setState({ open: 'shortcuts' })),
  ]
}

function lives({ speech: { t }, actions, snapshot }: PaletteParts): SpotlightActionData[] {
  const clusters = (snapshot?.clusters ?? []).map(({ id, kind, state }) => {
    const cluster = t(`overview.clusters.${kind}`)
    return state === 'stopped'
      ? command(`start-${id}`, t('frame.palette.startCluster', { cluster }), () =>
          actions.call('clusters.start', { clusterId: id }),
        )
      : command(`stop-${id}`, t('frame.palette.stopCluster', { cluster }), () =>
          actions.call('clusters.stop', { clusterId: id }),
        )
  })
  return [
    ...clusters,
    ...allNodes(snapshot).map((node) => nodeLife(node, { t, actions })),
    ...allNodes(snapshot).map(({ id }) =>
      command(`lead-${id}`, t('frame.palette.handOver', { node: id }), () => actions.askForLeader(id)),
    ),
  ]
}

function nodeLife(
  { id, state }: NodeCard,
  { t, actions }: { readonly t: Speech['t']; readonly actions: Actions },
): SpotlightActionData {
  return state.kind === 'running'
    ? command(`stop-${id}`, t('frame.palette.stopNode', { node: id }), () => actions.call('nodes.stop', { nodeId: id }))
    : command(`start-${id}`, t('frame.palette.startNode', { node: id }), () =>
        actions.call('nodes.start', { nodeId: id }),
      )
}

function faults({ speech, actions, snapshot }: PaletteParts): SpotlightActionData[] {
  const { t, format } = speech
  const nodes = allNodes(snapshot)
  const injections = faultKinds.flatMap((kind) =>
    nodes.flatMap((node): SpotlightActionData[] => {
      const fault: Fault | null = quickFault(kind, node, nodes)
      if (fault === null) return []
      const label = t('frame.palette.inject', { fault: t(`faults.kind.${kind}`), node: node.id })
      const description = t('frame.palette.injectFor', { time: format.duration(defaultForMs) })
      return [{ ...command(`${kind}-${node.id}`, label, () => actions.inject(fault, defaultForMs)), description }]
    }),
  )
  return [command('clear-all', t('frame.palette.clearAll'), () => actions.call('faults.clearAll', {})), ...injections]
}

function looks({ speech: { t }, actions }: PaletteParts): SpotlightActionData[] {
  return [
    ...themes.map((theme) =>
      command(`theme-${theme}`, t('frame.palette.theme', { theme: t(`frame.themes.${theme}`) }), () =>
        actions.changeSettings({ theme }),
      ),
    ),
    ...languages.map((language) =>
      command(`language-${language}`, t('frame.palette.language', { language: t(`frame.languages.${language}`) }), () =>
        actions.changeSettings({ language }),
      ),
    ),
  ]
}

function command(id: string, label: string, work: () => unknown): SpotlightActionData {
  return { id, label, onClick: () => void work() }
}
