import { SegmentedControl } from '@mantine/core'
import { IconCake, IconCircleX, IconHourglass, IconSend } from '@tabler/icons-react'
import { useState } from 'react'
import type { Race, RaceOutcome } from '#contract/worker/shop-races'
import { useWords } from '../../../i18n/use-words.ts'
import { Table } from '../../../ui/table.tsx'
import styles from './race.module.css'
import { toldWords } from './told-words.ts'

const signs = { waiting: IconHourglass, sent: IconSend, placed: IconCake, refused: IconCircleX } as const

/** Each shopper and what it was told: as a field of tiles, or as its table twin. */
export function Shoppers({ race: { outcomes, shopper, startedWallMs } }: { readonly race: Race }) {
  const { t, format } = useWords()
  const [look, setLook] = useState<'picture' | 'table'>('picture')
  return (
    <section aria-label={t('shop.race.shoppers')}>
      <div className={styles.look}>
        <h3>{t('shop.race.shoppers')}</h3>
        <SegmentedControl
          size="xs"
          aria-label={t('common.view')}
          value={look}
          data={(['picture', 'table'] as const).map((value) => ({ value, label: t(`common.${value}`) }))}
          onChange={(value) => setLook(value === 'table' ? 'table' : 'picture')}
        />
      </div>
      {look === 'picture' ? (
        <ol className={styles.tiles}>
          {outcomes.map((outcome) => (
            <Tile key={outcome.shopper} outcome={outcome} words={toldWords(outcome, { t })} />
          ))}
        </ol>
      ) : (
        <Table
          caption={t('shop.race.shoppers')}
          isCaptionHidden
          columns={[
            { key: 'shopper', title: t('shop.race.columns.shopper') },
            { key: 'told', title: t('shop.race.columns.told') },
            { key: 'attempts', title: t('shop.race.columns.attempts'), isNumber: true },
            { key: 'after', title: t('shop.race.columns.after'), isNumber: true },
          ]}
          rows={outcomes.map((outcome) => ({
            key: String(outcome.shopper),
            cells: [
              `${shopper} ${format.number(outcome.shopper)}`,
              toldWords(outcome, { t }),
              format.number(outcome.attempts),
              outcome.settledWallMs === null ? '–' : format.duration(outcome.settledWallMs - startedWallMs),
            ],
          }))}
          testId="shop-race-outcomes"
        />
      )}
    </section>
  )
}

function Tile({ outcome: { shopper, state }, words }: { readonly outcome: RaceOutcome; readonly words: string }) {
  const Sign = signs[state]
  return (
    <li className={styles.tile} data-testid="shop-race-shopper" data-state={state} title={words}>
      <Sign size={17} aria-hidden="true" />
      <span>{shopper}</span>
      <span className="hidden-visually">{words}</span>
    </li>
  )
}
