import { Button, Textarea } from '@mantine/core'
import { type KeyboardEvent, useState } from 'react'
import { type RingMemberFacts, type RingPeerFacts, ringLimits } from '#contract/worker/ring'
import type { NodeId } from '#kit/ids'
import { type Speech, useWords } from '../../../i18n/use-words.ts'
import { useActions } from '../../../stores/context.tsx'
import { History } from './history.tsx'
import { saidBy, words } from './said.ts'
import styles from './talk.module.css'

/** Why a peer that runs does not speak for itself. */
export type Silence = 'paused' | 'stale'

interface ChatProps {
  readonly node: NodeId
  /** While it is silent: what it said last. */
  readonly facts: RingPeerFacts
  readonly silence: Silence | null
}

export function Chat({ node, facts, silence }: ChatProps) {
  const { t } = useWords()
  return (
    <section className={styles.chat} aria-label={t('ring.chat', { name: facts.name })}>
      <History node={node} revision={facts.historyRevision} peer={facts.id} />
      {facts.state === 'left' ? <Gone node={node} /> : <Composer node={node} facts={facts} silence={silence} />}
    </section>
  )
}

function Gone({ node }: Pick<ChatProps, 'node'>) {
  const { t } = useWords()
  const { call } = useActions()
  return (
    <div className={styles.gone} data-testid="ring-gone">
      <p>{t('ring.gone')}</p>
      <Button data-testid="ring-join" onClick={() => void call('ring.command', { nodeId: node, command: 'join' })}>
        {t('ring.join')}
      </Button>
    </div>
  )
}

type Told = 'fitted' | 'members' | 'help' | 'elect' | 'refresh' | 'leave' | null

function Composer({ node, facts, silence }: ChatProps) {
  const { t } = useWords()
  const { call } = useActions()
  const [line, setLine] = useState('')
  const [told, setTold] = useState<Told>(null)
  const [isBusy, setBusy] = useState(false)

  const carryOut = async (typed: string): Promise<boolean> => {
    const said = saidBy(typed)
    switch (said.kind) {
      case 'nothing':
        return false
      case 'show':
        setTold(said.what)
        return true
      case 'command': {
        const { ok } = await call('ring.command', { nodeId: node, command: said.command })
        setTold(ok && said.command !== 'join' ? said.command : null)
        return ok
      }
      case 'text': {
        const result = await call('ring.say', { nodeId: node, text: said.text })
        setTold(result.ok && result.value.isFitted ? 'fitted' : null)
        return result.ok
      }
    }
  }
  const send = async (): Promise<void> => {
    setBusy(true)
    // What was refused stays in the line, to be sent again.
    if (await carryOut(line)) setLine((now) => (now === line ? '' : now))
    setBusy(false)
  }
  const members = facts.members.map((member) => memberWords(member, facts, t)).join(', ')
  return (
    <form
      className={styles.composer}
      onSubmit={(event) => {
        event.preventDefault()
        if (!isBusy) void send()
      }}
    >
      <p role="status" className={styles.told} data-testid="ring-told" data-told={told ?? 'none'}>
        {silence !== null ? t(`ring.silence.${silence}`) : told === null ? '' : t(`ring.told.${told}`, { members })}
      </p>
      <div className={styles.line}>
        <Textarea
          className={styles.input}
          autosize
          minRows={1}
          maxRows={6}
          aria-label={t('ring.composer')}
          placeholder={t('ring.composer')}
          value={line}
          maxLength={ringLimits.textCharsMax}
          data-testid="ring-composer"
          onChange={(event) => setLine(event.currentTarget.value)}
          onKeyDown={sendOnEnter}
        />
        <Button type="submit" loading={isBusy} data-testid="ring-send">
          {t('ring.send')}
        </Button>
      </div>
      <Words say={(word) => void carryOut(word)} />
    </form>
  )
}

function sendOnEnter(event: KeyboardEvent<HTMLTextAreaElement>): void {
  // While a word is being composed, the key chooses among its spellings.
  if (event.key !== 'Enter' || event.shiftKey || event.nativeEvent.isComposing) return
  event.preventDefault()
  event.currentTarget.form?.requestSubmit()
}

/** A name, its address, and what is to be known of it: that it leads, that it is doubted. */
function memberWords({ id, name, state, kind }: RingMemberFacts, { leader }: RingPeerFacts, t: Speech['t']): string {
  const words = [
    id,
    ...(id === leader ? [t('ring.leads')] : []),
    ...(kind === 'reference' ? [t('ring.reference')] : []),
    ...(state === 'well' ? [] : [t(`ring.marks.${state}`)]),
  ]
  return `${name} (${words.join(', ')})`
}

/** The words of the terminal, for whoever would rather not type them. */
function Words({ say }: { readonly say: (word: string) => void }) {
  return (
    <div className={styles.words}>
      {words.map((word) => (
        <Button
          key={word}
          size="compact-sm"
          variant="default"
          data-testid={`ring-word-${word.replace('@', '')}`}
          onClick={() => say(word)}
        >
          {word}
        </Button>
      ))}
    </div>
  )
}
