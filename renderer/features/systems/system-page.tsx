import { Button } from '@mantine/core'
import { IconArrowRight } from '@tabler/icons-react'
import { useWords } from '../../i18n/use-words.ts'
import { useActions } from '../../stores/context.tsx'
import type { Route } from '../../stores/route.ts'
import { type ComingSystem, drawings } from './drawings.tsx'
import styles from './system-page.module.css'

/** Where the ideas of a system can be tried today. */
const today: Readonly<Record<ComingSystem, Partial<Route>>> = {
  chat: { page: 'overview' },
  ring: { page: 'lab', part: 'cut' },
  shop: { page: 'lab', part: 'full-disk' },
}

/** A system that is still to come: what it will do, what it will promise, and where its ideas can be tried today. */
export function SystemPage({ system }: { readonly system: ComingSystem }) {
  const { t } = useWords()
  const actions = useActions()
  return (
    <div className={styles.page}>
      <article className={styles.sheet}>
        <div className={styles.drawing}>{drawings[system]}</div>
        <div className={styles.words}>
          <p className={styles.badge}>{t('systems.comes')}</p>
          <h1>{t(`systems.${system}.title`)}</h1>
          <p className={styles.lead}>{t(`systems.${system}.lead`)}</p>
          <p>{t(`systems.${system}.text`)}</p>
          <div className={styles.pair}>
            <section>
              <h2>{t('systems.promise')}</h2>
              <p>{t(`systems.${system}.promise`)}</p>
            </section>
            <section className={styles.today}>
              <h2>{t('systems.today')}</h2>
              <p>{t(`systems.${system}.today`)}</p>
              <Button
                size="sm"
                rightSection={<IconArrowRight size={16} aria-hidden="true" />}
                data-testid={`go-${system}`}
                onClick={() => actions.go(today[system])}
              >
                {t(`systems.${system}.go`)}
              </Button>
            </section>
          </div>
        </div>
      </article>
    </div>
  )
}
