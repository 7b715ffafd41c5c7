import { useWords } from '../i18n/use-words.ts'
import { useHostNow } from '../stores/context.tsx'

/** "3 s ago", exact on hover. */
export function Age({ wallMs }: { readonly wallMs: number | null }) {
  const { t, format } = useWords()
  const now = useHostNow()
  if (wallMs === null) return t('common.age.never')
  const age = now - wallMs
  return (
    <time dateTime={new Date(wallMs).toISOString()} title={format.clockExact(wallMs)}>
      {age < 1_000 ? t('common.age.now') : t('common.age.ago', { time: format.coarse(age) })}
    </time>
  )
}
