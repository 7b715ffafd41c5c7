import { Button } from '@mantine/core'
import { IconCheck } from '@tabler/icons-react'
import { useState } from 'react'
import { type ReadChoice, readChoices } from '#contract/worker/shop'
import { useWords } from '../../i18n/use-words.ts'
import { useActions } from '../../stores/context.tsx'
import styles from './shop-page.module.css'

/** How fresh a read has to be, for the whole shop: what each choice promises, and what it costs. */
export function ChoicePanel({ choice }: { readonly choice: ReadChoice | null }) {
  const { t } = useWords()
  const { call } = useActions()
  const [asked, setAsked] = useState<ReadChoice | null>(null)
  const choose = async (wanted: ReadChoice): Promise<void> => {
    setAsked(wanted)
    await call('shop.choose', { choice: wanted })
    setAsked(null)
  }
  return (
    <div className={styles.choices} data-testid="shop-choices" data-choice={choice ?? ''}>
      <p>{t('shop.choice.lead')}</p>
      {readChoices.map((one) => (
        <section key={one} aria-label={t(`shop.choice.${one}.name`)} data-chosen={one === choice}>
          <h3>{t(`shop.choice.${one}.name`)}</h3>
          <p>{t(`shop.choice.${one}.can`)}</p>
          <p className={styles.soft}>{t(`shop.choice.${one}.cannot`)}</p>
          {one === choice ? (
            <p className={styles.chosen}>
              <IconCheck size={14} aria-hidden="true" />
              {t('shop.choice.chosen')}
            </p>
          ) : (
            <Button
              size="compact-sm"
              variant="default"
              loading={asked === one}
              disabled={asked !== null && asked !== one}
              aria-label={t('shop.choice.chooseNamed', { name: t(`shop.choice.${one}.name`) })}
              data-testid={`shop-choose-${one}`}
              onClick={() => void choose(one)}
            >
              {t('shop.choice.choose')}
            </Button>
          )}
        </section>
      ))}
    </div>
  )
}
