import { Button, Popover } from '@mantine/core'
import { IconBolt, IconBoltOff } from '@tabler/icons-react'
import { faultSentence } from '../../i18n/sentences/fault.ts'
import { useWords } from '../../i18n/use-words.ts'
import { useActions, useTopology } from '../../stores/context.tsx'
import { FaultTimeLeft } from '../../ui/fault-time-left.tsx'
import { Sentence } from '../../ui/sentence.tsx'
import styles from './top-bar.module.css'

const noFaults = [] as const

/** How many disturbances are in force, which, and the one way out of all of them. */
export function FaultsSign() {
  const speech = useWords()
  const { t } = speech
  const actions = useActions()
  const faults = useTopology((state) => state.snapshot?.faults ?? noFaults)
  const count = faults.length
  const Icon = count === 0 ? IconBoltOff : IconBolt
  return (
    <>
      <Popover position="bottom-start" shadow="md" withArrow>
        <Popover.Target>
          <button
            type="button"
            className={styles.pill}
            data-tone={count === 0 ? 'calm' : 'warn'}
            data-testid="faults"
            data-count={count}
          >
            <Icon size={16} aria-hidden="true" />
            {t('frame.faults', { count })}
          </button>
        </Popover.Target>
        <Popover.Dropdown aria-label={t('lab.active')}>
          <div className={styles.card}>
            {count === 0 ? <p className={styles.meaning}>{t('frame.noFaults')}</p> : null}
            {faults.map((active) => {
              const sentence = faultSentence(active.fault, speech)
              return (
                <div key={active.id} className={styles.fault}>
                  <span>
                    <Sentence text={sentence} />
                  </span>
                  <span className={styles.left}>
                    <FaultTimeLeft endsWallMs={active.endsWallMs} />
                  </span>
                  <Button
                    size="compact-xs"
                    variant="default"
                    aria-label={t('faults.clearOne', { fault: sentence })}
                    onClick={() => void actions.call('faults.clear', { faultId: active.id })}
                  >
                    {t('frame.clear')}
                  </Button>
                </div>
              )
            })}
            <Button size="xs" variant="light" onClick={() => actions.go({ page: 'lab' })}>
              {t('frame.toLab')}
            </Button>
          </div>
        </Popover.Dropdown>
      </Popover>
      {count === 0 ? null : (
        <Button
          size="compact-sm"
          variant="default"
          data-testid="clear-all-faults"
          onClick={() => void actions.call('faults.clearAll', {})}
        >
          {t('frame.clearAll')}
        </Button>
      )}
    </>
  )
}
