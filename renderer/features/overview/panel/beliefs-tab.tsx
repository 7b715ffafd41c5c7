import { Button } from '@mantine/core'
import { IconEye, IconEyeOff } from '@tabler/icons-react'
import type { NodeCard } from '#contract/window/topology'
import { useWords } from '../../../i18n/use-words.ts'
import { useHands, useUi } from '../../../stores/context.tsx'
import { Empty } from '../../../ui/empty.tsx'
import { ChatFacts } from './chat-facts.tsx'
import { ClockFacts } from './clock-facts.tsx'
import { Fact } from './fact.tsx'
import { LeadershipFacts } from './leadership-facts.tsx'
import styles from './node-panel.module.css'
import { OldView } from './old-view.tsx'
import { RingFacts } from './ring-facts.tsx'
import { ShopFacts } from './shop-facts.tsx'

/** What the node itself believes. It may be wrong, and that is the point of looking. */
export function BeliefsTab({ node }: { readonly node: NodeCard }) {
  const speech = useWords()
  const { t, format } = speech
  const { stores } = useHands()
  const isShown = useUi((state) => state.beliefOf === node.id)
  const { view } = node
  if (view === null) return <Empty text={t('panel.noView')} />
  const Icon = isShown ? IconEyeOff : IconEye
  return (
    <>
      <OldView node={node} />
      <section className={styles.section}>
        <h3>{t('panel.group')}</h3>
        <dl className={styles.facts} data-testid="beliefs">
          {view.leadership === null ? null : <LeadershipFacts view={view.leadership} self={node.id} speech={speech} />}
          {view.ring === null ? null : <RingFacts facts={view.ring} speech={speech} />}
          {view.chat === null ? null : <ChatFacts facts={view.chat} speech={speech} />}
          {view.shop === null ? null : <ShopFacts facts={view.shop} speech={speech} />}
        </dl>
        <div>
          <Button
            size="xs"
            variant={isShown ? 'filled' : 'light'}
            leftSection={<Icon size={16} aria-hidden="true" />}
            data-testid="show-belief"
            onClick={() => stores.ui.setState({ beliefOf: isShown ? null : node.id, look: 'picture' })}
          >
            {t(isShown ? 'panel.hideBelief' : 'panel.showBelief')}
          </Button>
        </div>
      </section>
      <ClockFacts node={node} view={view} />
      <section className={styles.section}>
        <h3>{t('panel.process')}</h3>
        <dl className={styles.facts}>
          <Fact name={t('panel.canWrite')}>{t(view.canWrite ? 'panel.canWriteYes' : 'panel.canWriteNo')}</Fact>
          <Fact name={t('panel.inbox')}>{format.number(view.inboxLength)}</Fact>
          <Fact name={t('panel.anomalies')}>{format.number(view.anomalies)}</Fact>
          <Fact name={t('panel.dropped')}>{format.number(view.traceDropped)}</Fact>
        </dl>
      </section>
    </>
  )
}
