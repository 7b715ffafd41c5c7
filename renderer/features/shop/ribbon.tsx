import { Popover, UnstyledButton } from '@mantine/core'
import { IconAlertTriangle, IconCircleCheck, IconClockPause, IconInfoCircle } from '@tabler/icons-react'
import { useState } from 'react'
import type { DeskShopStatus } from '#contract/worker/shop-shapes'
import { useWords } from '../../i18n/use-words.ts'
import { useHostNow } from '../../stores/context.tsx'
import { Sentence } from '../../ui/sentence.tsx'
import { ChoicePanel } from './choice-panel.tsx'
import { freshnessOf, ribbonWords } from './ribbon-words.ts'
import styles from './shop-page.module.css'

/** Which node answered last and how stale it was; and how fresh the shop wants its reads to be. */
export function Ribbon({ status }: { readonly status: DeskShopStatus }) {
  const { t, format } = useWords()
  const now = useHostNow()
  const { last, choice, silentSinceWallMs } = status
  if (silentSinceWallMs !== null)
    return (
      <p className={styles.ribbon} data-tone="warn" role="status" data-testid="shop-silent">
        <IconAlertTriangle size={14} aria-hidden="true" />
        {t('shop.ribbon.silentFor', { time: format.coarse(Math.max(0, now - silentSinceWallMs)) })}
      </p>
    )
  const freshness = last === null ? null : freshnessOf(last)
  return (
    <div className={styles.ribbon} data-tone={freshness === 'current' || freshness === null ? undefined : 'warn'}>
      {freshness === null ? null : freshness === 'current' ? (
        <IconCircleCheck size={14} aria-hidden="true" />
      ) : (
        <IconClockPause size={14} aria-hidden="true" />
      )}
      <span data-testid="shop-ribbon" data-from={last?.from ?? ''} data-freshness={freshness ?? 'none'}>
        {last === null ? t('shop.ribbon.none') : <Sentence text={ribbonWords(last, { t, format })} />}
      </span>
      <ChoiceHint choice={choice} />
    </div>
  )
}

function ChoiceHint({ choice }: Pick<DeskShopStatus, 'choice'>) {
  const { t } = useWords()
  const [isOpen, setOpen] = useState(false)
  return (
    <Popover opened={isOpen} onChange={setOpen} position="bottom-end" shadow="md" withArrow width={430} trapFocus>
      <Popover.Target>
        <UnstyledButton className={styles.hint} data-testid="shop-choice-open" onClick={() => setOpen(!isOpen)}>
          <IconInfoCircle size={14} aria-hidden="true" />
          {choice === null ? t('shop.choice.unknown') : t('shop.choice.is', { name: t(`shop.choice.${choice}.name`) })}
        </UnstyledButton>
      </Popover.Target>
      <Popover.Dropdown aria-label={t('shop.choice.title')}>
        <div className={styles.tall}>
          <ChoicePanel choice={choice} />
        </div>
      </Popover.Dropdown>
    </Popover>
  )
}
