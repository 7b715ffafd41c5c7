import { Button, SegmentedControl, Switch } from '@mantine/core'
import { type ReactNode, useEffect, useEffectEvent, useState } from 'react'
import type { ChatSetup } from '#contract/window/chat'
import type { ClusterCard } from '#contract/window/topology'
import { type ChatProfile, type ChatSettings, chatLayouts, chatProfiles } from '#contract/worker/chat'
import { useWords } from '../../../i18n/use-words.ts'
import { useActions } from '../../../stores/context.tsx'
import { Busy } from '../../../ui/busy.tsx'
import { Caution } from '../../../ui/caution.tsx'
import { Refusal } from '../../../ui/refusal.tsx'
import { useAnswer } from '../../../ui/use-answer.ts'
import { ProfileWords } from '../standing.tsx'
import { changeOf } from './draft.ts'
import { ExportPart } from './export-part.tsx'
import styles from './setup.module.css'

export function SetupPage({ cluster }: { readonly cluster: ClusterCard }) {
  const { answer, turn, again } = useAnswer('chat.setup', { clusterId: cluster.id })
  return (
    <div className={styles.page} data-testid="chat-setup">
      {answer === null ? (
        <Busy />
      ) : answer.ok ? (
        <SetupForm key={turn} cluster={cluster} setup={answer.value} />
      ) : (
        <Refusal code={answer.failure.code} onRetry={again} />
      )}
      <ExportPart cluster={cluster} />
    </div>
  )
}

interface SetupFormProps {
  readonly cluster: Pick<ClusterCard, 'id' | 'state'>
  readonly setup: ChatSetup
}

function SetupForm({ cluster: { id: clusterId, state }, setup: first }: SetupFormProps) {
  const { t } = useWords()
  const { ask, call } = useActions()
  const [setup, setSetup] = useState(first)
  const { settings, canChooseProfile } = setup
  const [draft, setDraft] = useState(first.settings)
  const [isBusy, setBusy] = useState(false)
  const [isDone, setDone] = useState(false)
  const change = changeOf(settings, draft)
  const show = (now: ChatSetup): void => {
    setSetup(now)
    setDraft(now.settings)
  }
  // Another window or the terminal may have reset the lab or chosen otherwise; then the chat stops or starts. A draft stays
  // as long as nobody did.
  const look = useEffectEvent(async (): Promise<void> => {
    const result = await ask('chat.setup', { clusterId })
    if (result.ok && !isBusy && JSON.stringify(result.value) !== JSON.stringify(setup)) show(result.value)
  })
  // biome-ignore lint/correctness/useExhaustiveDependencies: the state is what tells that there may be news.
  useEffect(() => {
    const lookNow = (): void => void look()
    lookNow()
    window.addEventListener('focus', lookNow)
    return () => window.removeEventListener('focus', lookNow)
  }, [state])
  const save = async (): Promise<void> => {
    if (change === null) return
    setBusy(true)
    const result = await call('chat.configure', { clusterId, change })
    setBusy(false)
    setDone(result.ok)
    if (result.ok) show(result.value)
  }
  return (
    <form
      className={styles.form}
      onSubmit={(event) => {
        event.preventDefault()
        if (!isBusy) void save()
      }}
    >
      <h2>{t('chat.setup.title')}</h2>
      <Row
        name={t('chat.setup.profile')}
        hint={t(canChooseProfile ? 'chat.setup.profileHint' : 'chat.setup.profileFixed')}
      >
        <SegmentedControl
          aria-label={t('chat.setup.profile')}
          data-testid="chat-setup-profile"
          disabled={!canChooseProfile}
          value={draft.profile}
          data={chatProfiles.map((value) => ({ value, label: t(`chat.promises.${value}.name`) }))}
          onChange={(value) => setDraft({ ...draft, profile: value === 'leader' ? 'leader' : 'everyone' })}
        />
      </Row>
      <Profiles chosen={draft.profile} />
      <ForPrograms draft={draft} onDraft={setDraft} />
      <div className={styles.save}>
        <Button type="submit" loading={isBusy} disabled={change === null} data-testid="chat-setup-save">
          {t('chat.setup.save')}
        </Button>
        <p className={styles.soft} role="status">
          {t(isBusy ? 'chat.setup.saving' : isDone && change === null ? 'chat.setup.saved' : 'chat.setup.restarts')}
        </p>
      </div>
    </form>
  )
}

function Profiles({ chosen }: { readonly chosen: ChatProfile }) {
  const { t } = useWords()
  return (
    <div className={styles.profiles}>
      {chatProfiles.map((profile) => (
        <section key={profile} aria-label={t(`chat.promises.${profile}.name`)} data-chosen={profile === chosen}>
          <h3>{t(`chat.promises.${profile}.name`)}</h3>
          <ProfileWords profile={profile} />
        </section>
      ))}
    </div>
  )
}

interface ForProgramsProps {
  readonly draft: ChatSettings
  onDraft(draft: ChatSettings): void
}

/** What only programs of the course notice. */
function ForPrograms({ draft, onDraft }: ForProgramsProps) {
  const { t } = useWords()
  return (
    <>
      <Row name={t('chat.setup.json')} hint={t('chat.setup.jsonHint')}>
        <Switch
          aria-label={t('chat.setup.json')}
          checked={draft.hasJsonPublications}
          data-testid="chat-setup-json"
          onChange={({ currentTarget: { checked } }) => onDraft({ ...draft, hasJsonPublications: checked })}
        />
      </Row>
      <Row name={t('chat.setup.layout')} hint={t('chat.setup.layoutHint')}>
        <SegmentedControl
          aria-label={t('chat.setup.layout')}
          data-testid="chat-setup-layout"
          value={draft.layout}
          data={chatLayouts.map((value) => ({ value, label: t(`chat.setup.layouts.${value}`) }))}
          onChange={(value) => onDraft({ ...draft, layout: value === 'course' ? 'course' : 'account' })}
        />
      </Row>
      <Row name={t('chat.setup.reach')} hint={t('chat.setup.reachHint')}>
        <Switch
          aria-label={t('chat.setup.reach')}
          checked={draft.reach === 'lan'}
          data-testid="chat-setup-reach"
          onChange={({ currentTarget: { checked } }) => onDraft({ ...draft, reach: checked ? 'lan' : 'loopback' })}
        />
      </Row>
      {draft.reach === 'lan' ? <Caution text={t('chat.setup.reachOpen')} testId="chat-setup-open" /> : null}
    </>
  )
}

interface RowProps {
  readonly name: string
  readonly hint: string
  readonly children: ReactNode
}

function Row({ name, hint, children }: RowProps) {
  return (
    <div className={styles.row}>
      <div>
        <p className={styles.name}>{name}</p>
        <p className={styles.soft}>{hint}</p>
      </div>
      {children}
    </div>
  )
}
