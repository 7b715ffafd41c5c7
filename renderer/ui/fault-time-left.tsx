import { useWords } from '../i18n/use-words.ts'
import { useHostNow } from '../stores/context.tsx'

export function FaultTimeLeft({ endsWallMs }: { readonly endsWallMs: number | null }) {
  const { t, format } = useWords()
  const now = useHostNow()
  if (endsWallMs === null) return t('faults.untilCleared')
  return t('common.age.left', { time: format.coarse(Math.max(0, endsWallMs - now) + 999) })
}
