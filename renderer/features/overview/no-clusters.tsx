import { useWords } from '../../i18n/use-words.ts'
import { Empty } from '../../ui/empty.tsx'
import { Logo } from '../../ui/logo.tsx'

export function NoClusters() {
  const { t } = useWords()
  return <Empty title={t('overview.emptyTitle')} text={t('overview.emptyText')} icon={<Logo size={56} />} />
}
