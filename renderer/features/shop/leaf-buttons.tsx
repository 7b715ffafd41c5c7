import { Button } from '@mantine/core'
import { IconChevronLeft, IconChevronRight } from '@tabler/icons-react'
import { useWords } from '../../i18n/use-words.ts'
import styles from './shop-page.module.css'
import type { Leafing } from './use-shop.ts'

interface LeafButtonsProps {
  readonly leafing: Leafing
  readonly next: number | null
}

/** To the next page and back; nothing where there is only one. */
export function LeafButtons({ leafing, next }: LeafButtonsProps) {
  const { t } = useWords()
  if (leafing.page === 1 && next === null) return null
  return (
    <nav className={styles.leaf} aria-label={t('shop.leaf.name')}>
      <Button
        size="compact-sm"
        variant="default"
        disabled={leafing.page === 1}
        leftSection={<IconChevronLeft size={15} aria-hidden="true" />}
        data-testid="shop-leaf-back"
        onClick={() => leafing.back()}
      >
        {t('shop.leaf.back')}
      </Button>
      <span role="status">{t('shop.leaf.page', { page: leafing.page })}</span>
      <Button
        size="compact-sm"
        variant="default"
        disabled={next === null}
        rightSection={<IconChevronRight size={15} aria-hidden="true" />}
        data-testid="shop-leaf-on"
        onClick={() => leafing.on(next)}
      >
        {t('shop.leaf.on')}
      </Button>
    </nav>
  )
}
