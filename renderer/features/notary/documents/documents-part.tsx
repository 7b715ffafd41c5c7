import { Button, TextInput } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { IconSearch } from '@tabler/icons-react'
import { type FormEvent, useState } from 'react'
import type { RecordView } from '#contract/worker/desk'
import { useWords } from '../../../i18n/use-words.ts'
import { Busy } from '../../../ui/busy.tsx'
import { Empty } from '../../../ui/empty.tsx'
import { Refusal } from '../../../ui/refusal.tsx'
import { isRecord, RecordNumber } from '../record-number.tsx'
import { useNotaryStatus } from '../use-status.ts'
import { BrowseList } from './browse-list.tsx'
import styles from './documents-part.module.css'
import { FoundList } from './found-list.tsx'
import { RecordDetails } from './record-details.tsx'

/** Whoever types is not asked about every letter. */
const searchAfterMs = 250
const searchCharsMax = 100

/** The register of all documents, of any length. */
export function DocumentsPart() {
  const { t } = useWords()
  const { answer, again } = useNotaryStatus()
  const [search, setSearch] = useState('')
  const [wanted] = useDebouncedValue(search.trim(), searchAfterMs)
  const [chosen, setChosen] = useState<RecordView | null>(null)
  const [start, setStart] = useState<Start>({ index: null, turn: 0 })
  const begin = (index: number | null): void => setStart(({ turn }) => ({ index, turn: turn + 1 }))
  if (answer === null) return <Busy />
  if (!answer.ok) return <Refusal code={answer.failure.code} onRetry={again} />
  const { size } = answer.value
  return (
    <div className={styles.columns}>
      <section className={styles.sheet} aria-label={t('notary.tabs.documents')}>
        <div className={styles.tools}>
          <TextInput
            className={styles.search}
            size="sm"
            label={t('notary.documents.search')}
            placeholder={t('notary.documents.searchHint')}
            leftSection={<IconSearch size={16} aria-hidden="true" />}
            maxLength={searchCharsMax}
            value={search}
            data-testid="record-search"
            onChange={({ currentTarget: { value } }) => setSearch(value)}
          />
          <GoTo
            size={size}
            onGo={(index) => {
              setSearch('')
              begin(index)
            }}
          />
        </div>
        {size <= 1 ? (
          <Nothing />
        ) : wanted === '' ? (
          <BrowseList
            key={start.turn}
            size={size}
            start={start.index}
            chosen={chosen}
            onChoose={setChosen}
            onNewest={() => begin(null)}
          />
        ) : (
          <FoundList search={wanted} chosen={chosen} onChoose={setChosen} />
        )}
      </section>
      <aside className={styles.sheet} data-testid="record-details">
        {chosen === null ? <Empty text={t('notary.documents.choose')} /> : <RecordDetails record={chosen} />}
      </aside>
    </div>
  )
}

/** Where the list begins; null: at the newest. Another turn begins it anew. */
interface Start {
  readonly index: number | null
  readonly turn: number
}

function Nothing() {
  const { t } = useWords()
  return <Empty title={t('notary.documents.emptyTitle')} text={t('notary.documents.emptyText')} />
}

function GoTo({ size, onGo }: { readonly size: number; onGo(index: number): void }) {
  const { t } = useWords()
  const [number, setNumber] = useState<string | number>('')
  const submit = (event: FormEvent): void => {
    event.preventDefault()
    if (isRecord(number, 0, size)) onGo(number)
  }
  return (
    <form className={styles.goTo} onSubmit={submit}>
      <RecordNumber
        label={t('notary.documents.goTo')}
        from={0}
        size={size}
        value={number}
        testId="record-number"
        onChange={setNumber}
      />
      <Button size="sm" variant="default" type="submit" flex="none" disabled={!isRecord(number, 0, size)}>
        {t('notary.documents.go')}
      </Button>
    </form>
  )
}
