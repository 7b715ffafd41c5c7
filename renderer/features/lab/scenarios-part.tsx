import { Button } from '@mantine/core'
import { IconBolt, IconScissors } from '@tabler/icons-react'
import { useWords } from '../../i18n/use-words.ts'
import { useActions, useHostNow, useTopology } from '../../stores/context.tsx'
import { leadersOf } from '../../stores/derived/leaders.ts'
import { quickFault } from '../../ui/fault-form/quick-fault.ts'
import styles from './scenarios-part.module.css'

/** What the simulator will show here, and the two stories that can be played on the real nodes today. */
export function ScenariosPart() {
  const { t } = useWords()
  const actions = useActions()
  const now = useHostNow()
  const cluster = useTopology(({ snapshot }) => snapshot?.clusters.find(({ kind }) => kind === 'notary') ?? null)
  const leader = cluster === null ? null : leadersOf(cluster, now).leader
  const play = async (kind: 'cut' | 'kill', forMs: number): Promise<void> => {
    const fault = leader && cluster ? quickFault(kind, leader, cluster.nodes) : null
    if (fault && (await actions.inject(fault, forMs))) actions.go({ page: 'overview' })
  }
  return (
    <div className={styles.scenarios}>
      <section className={styles.comes}>
        <p className={styles.badge}>{t('lab.scenarios.soon')}</p>
        <h2>{t('lab.scenarios.title')}</h2>
        <p>{t('lab.scenarios.text')}</p>
      </section>
      <section>
        <h2>{t('lab.scenarios.now')}</h2>
        {leader === null ? <p className={styles.hint}>{t('lab.scenarios.noLeader')}</p> : null}
        <ul className={styles.stories}>
          <li>
            <p>{t('lab.scenarios.nowKillText')}</p>
            <Button
              disabled={leader === null}
              leftSection={<IconBolt size={17} aria-hidden="true" />}
              data-testid="story-kill"
              onClick={() => void play('kill', 10_000)}
            >
              {t('lab.scenarios.nowKill')}
            </Button>
          </li>
          <li>
            <p>{t('lab.scenarios.nowCutText')}</p>
            <Button
              disabled={leader === null}
              leftSection={<IconScissors size={17} aria-hidden="true" />}
              data-testid="story-cut"
              onClick={() => void play('cut', 15_000)}
            >
              {t('lab.scenarios.nowCut')}
            </Button>
          </li>
          <li>
            <p>{t('lab.scenarios.nowRun')}</p>
            <code>npm run sim</code>
          </li>
        </ul>
      </section>
    </div>
  )
}
