import { Button } from '@mantine/core'
import { IconPlayerPause, IconPlayerPlay, IconPlayerStop, IconSkull } from '@tabler/icons-react'
import type { NodeCard } from '#contract/window/topology'
import { useWords } from '../../../i18n/use-words.ts'
import { useHands, useTopology } from '../../../stores/context.tsx'
import { defaultForMs } from '../../../ui/fault-form/quick-fault.ts'
import styles from './node-panel.module.css'

const size = { size: 'compact-sm', variant: 'default' } as const

/** The four things one does most, always at hand. Kill and pause end by themselves. */
export function QuickActions({ node }: { readonly node: NodeCard }) {
  const { t, format } = useWords()
  const { actions } = useHands()
  const { id, state } = node
  const pause = useTopology(({ snapshot }) =>
    snapshot?.faults.find(({ fault }) => fault.kind === 'pause' && fault.node === id),
  )
  const isRunning = state.kind === 'running'
  const time = format.duration(defaultForMs)
  if (!isRunning) {
    return (
      <div className={styles.quick}>
        <Button
          {...size}
          variant="filled"
          leftSection={<IconPlayerPlay size={15} aria-hidden="true" />}
          disabled={state.kind === 'starting' || state.kind === 'stopping'}
          data-testid="action-start"
          onClick={() => void actions.call('nodes.start', { nodeId: id })}
        >
          {t(state.kind === 'stopped' ? 'common.start' : 'panel.restart')}
        </Button>
      </div>
    )
  }
  return (
    <div className={styles.quick}>
      <Button
        {...size}
        leftSection={<IconSkull size={15} aria-hidden="true" />}
        data-testid="action-kill"
        onClick={() => void actions.inject({ kind: 'kill', node: id }, defaultForMs)}
      >
        {t('panel.kill')} · {time}
      </Button>
      {pause ? (
        <Button
          {...size}
          leftSection={<IconPlayerPlay size={15} aria-hidden="true" />}
          data-testid="action-resume"
          onClick={() => void actions.call('faults.clear', { faultId: pause.id })}
        >
          {t('panel.resume')}
        </Button>
      ) : (
        <Button
          {...size}
          leftSection={<IconPlayerPause size={15} aria-hidden="true" />}
          data-testid="action-pause"
          onClick={() => void actions.inject({ kind: 'pause', node: id }, defaultForMs)}
        >
          {t('panel.pause')} · {time}
        </Button>
      )}
      <Button
        {...size}
        leftSection={<IconPlayerStop size={15} aria-hidden="true" />}
        data-testid="action-stop"
        onClick={() => void actions.call('nodes.stop', { nodeId: id })}
      >
        {t('common.stop')}
      </Button>
    </div>
  )
}
