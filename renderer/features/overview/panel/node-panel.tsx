import { CloseButton, Tabs } from '@mantine/core'
import { useEffect, useRef } from 'react'
import type { NodeId } from '#kit/ids'
import { useWords } from '../../../i18n/use-words.ts'
import { useHands, useHostNow, useTopology } from '../../../stores/context.tsx'
import { conditionOf } from '../../../stores/derived/condition.ts'
import { findNode } from '../../../stores/topology.ts'
import { ConditionSign } from '../../../ui/condition-sign.tsx'
import { ActionsTab } from './actions-tab.tsx'
import { BeliefsTab } from './beliefs-tab.tsx'
import { DataTab } from './data-tab.tsx'
import { LogTab } from './log-tab.tsx'
import { MessagesTab } from './messages-tab.tsx'
import styles from './node-panel.module.css'
import { PositionsTab } from './positions-tab.tsx'
import { QuickActions } from './quick-actions.tsx'
import { TimersTab } from './timers-tab.tsx'

const tabs = ['beliefs', 'positions', 'timers', 'messages', 'log', 'data', 'actions'] as const

/** One node from near: what it believes, waits for, hears, writes and keeps, and what can be done to it. */
export function NodePanel({ nodeId }: { readonly nodeId: NodeId }) {
  const { t } = useWords()
  const { actions } = useHands()
  const now = useHostNow()
  const node = useTopology((state) => findNode(state.snapshot, nodeId))
  const close = (): void => actions.go({ page: 'overview', part: null })
  useEscape(close, nodeId)
  if (node === null) return null
  const condition = conditionOf(node, now)
  return (
    <aside
      className={styles.panel}
      aria-label={t('panel.title', { node: nodeId })}
      data-testid="node-panel"
      data-panel-of={nodeId}
    >
      <header className={styles.header}>
        <ConditionSign condition={condition} size={34} />
        <div className={styles.names}>
          <h2>{nodeId}</h2>
          <p>{t(`node.condition.${condition}`)}</p>
        </div>
        <CloseButton aria-label={t('panel.close')} data-testid="close-panel" onClick={close} />
      </header>
      <QuickActions node={node} />
      <Tabs defaultValue="beliefs" keepMounted={false} className={styles.tabs}>
        <Tabs.List>
          {tabs.map((tab) => (
            <Tabs.Tab key={tab} value={tab} data-testid={`tab-${tab}`}>
              {t(`panel.tabs.${tab}`)}
            </Tabs.Tab>
          ))}
        </Tabs.List>
        {/* What scrolls and holds nothing to press must be reachable by keyboard itself. */}
        <Tabs.Panel value="beliefs" tabIndex={0}>
          <BeliefsTab node={node} />
        </Tabs.Panel>
        <Tabs.Panel value="positions" tabIndex={0}>
          <PositionsTab node={node} />
        </Tabs.Panel>
        <Tabs.Panel value="timers" tabIndex={0}>
          <TimersTab node={node} />
        </Tabs.Panel>
        <Tabs.Panel value="messages" tabIndex={0}>
          <MessagesTab nodeId={nodeId} />
        </Tabs.Panel>
        <Tabs.Panel value="log">
          <LogTab node={node} />
        </Tabs.Panel>
        <Tabs.Panel value="data">
          <DataTab node={node} />
        </Tabs.Panel>
        <Tabs.Panel value="actions">
          <ActionsTab node={node} />
        </Tabs.Panel>
      </Tabs>
    </aside>
  )
}

/** Escape closes the panel, unless a dialog or menu on top takes it; the focus goes back to the node's card. */
function useEscape(close: () => void, nodeId: string): void {
  const latest = useRef(close)
  useEffect(() => {
    latest.current = close
  })
  useEffect(() => {
    const onKey = (event: KeyboardEvent): void => {
      const isTaken = document.querySelector('[role="dialog"], [role="menu"]') !== null
      if (event.key !== 'Escape' || isTaken || event.defaultPrevented) return
      latest.current()
      document.querySelector<HTMLElement>(`[data-testid="node-${nodeId}"]`)?.focus()
    }
    document.addEventListener('keydown', onKey)
    return () => document.removeEventListener('keydown', onKey)
  }, [nodeId])
}
