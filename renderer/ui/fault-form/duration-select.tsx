import { NativeSelect } from '@mantine/core'
import { useWords } from '../../i18n/use-words.ts'

const choices = [5_000, 15_000, 30_000, 120_000, 600_000] as const
const untilCleared = 'until-cleared'

interface DurationSelectProps {
  /** null: until somebody clears it. */
  readonly forMs: number | null
  onChange(forMs: number | null): void
}

/** Every fault has an end: after a while, or when somebody clears it. */
export function DurationSelect({ forMs, onChange }: DurationSelectProps) {
  const { t, format } = useWords()
  return (
    <NativeSelect
      label={t('faults.lasts')}
      value={forMs === null ? untilCleared : String(forMs)}
      data-testid="fault-duration"
      data={[
        ...choices.map((ms) => ({ value: String(ms), label: format.duration(ms) })),
        { value: untilCleared, label: t('faults.untilCleared') },
      ]}
      onChange={({ currentTarget: { value } }) => onChange(value === untilCleared ? null : Number(value))}
    />
  )
}
