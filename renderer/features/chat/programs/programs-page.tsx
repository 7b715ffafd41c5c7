import { Button, NativeSelect, Switch } from '@mantine/core'
import { IconDeviceFloppy, IconRefresh } from '@tabler/icons-react'
import { useMemo, useState } from 'react'
import type { ChatForeignEvent } from '#contract/window/chat'
import type { ClusterId } from '#kit/ids'
import { useWords } from '../../../i18n/use-words.ts'
import { useHostNow, useTopology } from '../../../stores/context.tsx'
import { Busy } from '../../../ui/busy.tsx'
import { Refusal } from '../../../ui/refusal.tsx'
import { saveFile } from '../../../ui/save-file.ts'
import { Addresses } from './addresses.tsx'
import { HeardDetails } from './heard-details.tsx'
import { HeardList } from './heard-list.tsx'
import { keyOf } from './keys.ts'
import styles from './programs.module.css'
import { reportOf } from './report.ts'
import { RulesTable } from './rules-table.tsx'
import { isBroken, namesOf, sendersOf, shownOf, type WhoIsShown } from './summary.ts'
import { useHeard } from './use-heard.ts'

/** What a student uses before hand-in: where to plug in, what the program sent, and which rules that keeps or breaks. */
export function ProgramsPage({ clusterId }: { readonly clusterId: ClusterId }) {
  const { t } = useWords()
  const { heard, failure, again, clear } = useHeard(clusterId)
  const [chosen, setChosen] = useState<string | null>(null)
  const [who, setWho] = useState<WhoIsShown>('others')
  const ownBots = useOwnBots()
  const [onlyBroken, setOnlyBroken] = useState(false)
  if (heard.next === null) return failure === null ? <Busy /> : <Refusal code={failure} onRetry={again} />
  const { events } = heard
  const ofThese = shownOf(events, { who, ownBots })
  const shown = onlyBroken ? ofThese.filter(isBroken) : ofThese
  const names = namesOf(events)
  const event = shown.find((one) => keyOf(one) === chosen) ?? null
  return (
    <div className={styles.page} data-testid="chat-programs">
      <section className={styles.plug}>
        <h2>{t('chat.programs.title')}</h2>
        <p>{t('chat.programs.about')}</p>
        <Addresses addresses={heard.addresses} silent={heard.silent} />
        <RulesTable events={ofThese} />
      </section>
      <section className={styles.heard} aria-labelledby="chat-heard">
        <div className={styles.bar}>
          <h2 id="chat-heard">{t('chat.programs.heard')}</h2>
          <SenderChoice events={events} who={who} onWho={setWho} />
          <Switch
            size="sm"
            label={t('chat.programs.onlyBroken')}
            checked={onlyBroken}
            data-testid="chat-programs-broken"
            onChange={({ currentTarget: { checked } }) => setOnlyBroken(checked)}
          />
          <Tools heard={heard} who={who} ownBots={ownBots} onClear={clear} />
        </div>
        <p className={styles.soft} role="status" data-testid="chat-programs-count" data-count={shown.length}>
          {t('chat.programs.count', { count: shown.length })},{' '}
          {t('chat.programs.brokenCount', { count: shown.filter(isBroken).length })}
          {heard.skipped > 0 ? `. ${t('chat.programs.skipped', { count: heard.skipped })}` : ''}
        </p>
        {failure === null ? null : <Refusal code={failure} onRetry={again} />}
        <HeardList
          events={shown}
          names={names}
          isAny={events.length > 0}
          chosen={chosen}
          onChoose={(one) => setChosen(keyOf(one))}
        />
        <HeardDetails event={event} />
      </section>
    </div>
  )
}

/** What the lab's own bots call themselves, by their own word. */
function useOwnBots(): readonly string[] {
  const text = useTopology(({ snapshot }) =>
    JSON.stringify(
      snapshot?.clusters
        .flatMap(({ nodes }) => nodes)
        .flatMap(({ view }) => (view?.chat?.kind === 'bot' ? [view.chat.name] : [])) ?? [],
    ),
  )
  return useMemo(() => JSON.parse(text), [text])
}

interface SenderChoiceProps {
  readonly events: readonly ChatForeignEvent[]
  readonly who: WhoIsShown
  onWho(who: WhoIsShown): void
}

const fromPrefix = 'from '

function SenderChoice({ events, who, onWho }: SenderChoiceProps) {
  const { t } = useWords()
  return (
    <NativeSelect
      size="xs"
      aria-label={t('chat.programs.sender')}
      value={typeof who === 'string' ? who : `${fromPrefix}${who.sender}`}
      data={[
        { value: 'others', label: t('chat.programs.others') },
        { value: 'all', label: t('chat.programs.everybody') },
        ...[...sendersOf(events)].map(([sender, called]) => ({ value: `${fromPrefix}${sender}`, label: called })),
      ]}
      data-testid="chat-programs-sender"
      onChange={({ currentTarget: { value } }) =>
        onWho(value === 'others' || value === 'all' ? value : { sender: value.slice(fromPrefix.length) })
      }
    />
  )
}

interface ToolsProps extends Omit<Parameters<typeof reportOf>[0], 'atMs'> {
  onClear(): void
}

function Tools({ heard, who, ownBots, onClear }: ToolsProps) {
  const speech = useWords()
  const { t } = speech
  const now = useHostNow()
  const [saved, setSaved] = useState('')
  const save = (): void => {
    const name = `${t('chat.programs.fileName')}.md`
    saveFile(name, reportOf({ heard, who, ownBots, atMs: now }, speech), 'text/markdown;charset=utf-8')
    setSaved(t('chat.programs.saved', { name }))
  }
  return (
    <>
      <Button
        size="xs"
        variant="default"
        leftSection={<IconRefresh size={15} aria-hidden="true" />}
        data-testid="chat-programs-clear"
        onClick={onClear}
      >
        {t('chat.programs.clear')}
      </Button>
      <Button
        size="xs"
        leftSection={<IconDeviceFloppy size={15} aria-hidden="true" />}
        data-testid="chat-programs-save"
        onClick={save}
      >
        {t('chat.programs.save')}
      </Button>
      <span className="hidden-visually" role="status">
        {saved}
      </span>
    </>
  )
}
