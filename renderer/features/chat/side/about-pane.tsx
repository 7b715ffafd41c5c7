import { Button, TextInput } from '@mantine/core'
import { type FormEvent, useState } from 'react'
import {
  type ChatAbilities,
  type ChatSession,
  type ConversationRow,
  chatDeskLimits,
  type PersonRow,
} from '#contract/worker/chat-calls'
import { useWords } from '../../../i18n/use-words.ts'
import { useActions, useChat } from '../../../stores/context.tsx'
import { Busy } from '../../../ui/busy.tsx'
import { Refusal } from '../../../ui/refusal.tsx'
import { type FreshAnswer, useFreshAnswer } from '../../../ui/use-fresh-answer.ts'
import { BotBadge } from './badges.tsx'
import { Face } from './face.tsx'
import { isBotName, membersOf, titleOf } from './names.ts'
import styles from './side.module.css'

interface AboutPaneProps {
  readonly about: ConversationRow | null
  readonly session: ChatSession
  readonly abilities: ChatAbilities
}

export function AboutPane({ about, session, abilities }: AboutPaneProps) {
  return about === null ? null : <About about={about} session={session} abilities={abilities} />
}

interface AboutProps extends AboutPaneProps {
  readonly about: ConversationRow
}

function About({ about, session: { session, user }, abilities }: AboutProps) {
  const { t } = useWords()
  const { call } = useActions()
  const listed = useFreshAnswer(
    'chat.members',
    { session, conversation: about.id, after: null, limit: membersShownMax },
    `${about.members}`,
  )
  const members = membersOf(about, listed.answer)
  const isChannel = about.kind === 'channel'
  const kind = isChannel ? (about.isPrivate ? 'private' : 'public') : about.kind
  const canInvite = about.isMember && about.isPrivate && about.kind !== 'direct'
  return (
    <div className={styles.about} data-testid="chat-about">
      <h3>{titleOf(about, user, t)}</h3>
      <p className={styles.soft} data-testid="chat-members" data-count={members}>
        {t(`chat.side.${kind}`)}
        {about.kind === 'direct' ? '' : ` · ${t('chat.side.members', { count: members })}`}
      </p>
      {about.title === '' ? null : <p>{about.title}</p>}
      <Members listed={listed} members={members} user={user} hasAccounts={abilities.hasAccounts} />
      {canInvite ? <Invite about={about} session={session} /> : null}
      {about.isMember && about.kind !== 'direct' && abilities.hasAccounts ? (
        <Button
          size="compact-sm"
          variant="default"
          title={kind === 'public' ? undefined : t('chat.side.leaveHint')}
          data-testid="chat-leave"
          onClick={() => void call('chat.leave', { session, conversation: about.id })}
        >
          {t('chat.side.leave')}
        </Button>
      ) : null}
    </div>
  )
}

const membersShownMax = 200

interface MembersProps {
  readonly listed: FreshAnswer<'chat.members'>
  readonly members: number
  readonly user: string
  /** Without any, a name that nobody protects is no exception. */
  readonly hasAccounts: boolean
}

function Members({ listed: { answer, again }, members, user, hasAccounts }: MembersProps) {
  const { t } = useWords()
  const people = useChat((state) => state.people)
  if (answer === null) return <Busy />
  if (!answer.ok) return <Refusal code={answer.failure.code} onRetry={again} />
  // Who is here changes more often than who is in it.
  const fresh = answer.value.people.map((person) => people.get(person.name) ?? person)
  if (fresh.length === 0) return <p className={styles.none}>{t('chat.side.noMembers')}</p>
  return (
    <ul className={styles.members}>
      {fresh.map((person) => (
        <Member
          key={person.name}
          person={person}
          isSelf={person.name === user}
          isOpen={hasAccounts && !person.isProtected}
        />
      ))}
      {answer.value.next === null ? null : (
        <li className={styles.soft}>{t('chat.side.andMore', { count: members - fresh.length })}</li>
      )}
    </ul>
  )
}

interface MemberProps {
  readonly person: PersonRow
  readonly isSelf: boolean
  /** Others have passwords, and this one has none. */
  readonly isOpen: boolean
}

function Member({ person, isSelf, isOpen }: MemberProps) {
  const { t } = useWords()
  const { name, isHere } = person
  const isBot = isBotName(name, person)
  return (
    <li data-testid="chat-member" data-name={name} data-here={isHere}>
      <Face name={name} isHere={isHere} />
      <span className={styles.memberName}>{name}</span>
      {isSelf ? <small>{t('chat.side.you')}</small> : null}
      {isBot ? <BotBadge /> : null}
      {!isOpen || isBot ? null : (
        <small className={styles.badge} title={t('chat.side.programHint')}>
          {t('chat.side.program')}
        </small>
      )}
      <small className={styles.presence}>{t(isHere ? 'chat.side.here' : 'chat.side.away')}</small>
    </li>
  )
}

interface InviteProps {
  readonly about: ConversationRow
  readonly session: string
}

function Invite({ about, session }: InviteProps) {
  const { t } = useWords()
  const { call } = useActions()
  const [user, setUser] = useState('')
  const [invited, setInvited] = useState<string | null>(null)
  const invite = async (event: FormEvent): Promise<void> => {
    event.preventDefault()
    const name = user.trim().replace(/^@/, '')
    if (name === '') return
    const { ok } = await call('chat.invite', { session, conversation: about.id, user: name })
    setInvited(ok ? name : null)
    if (ok) setUser('')
  }
  return (
    <form className={styles.row} onSubmit={(event) => void invite(event)}>
      <TextInput
        aria-label={t('chat.side.invite')}
        placeholder={t('chat.side.invite')}
        value={user}
        maxLength={chatDeskLimits.nameCharsMax}
        data-testid="chat-invite"
        onChange={({ currentTarget: { value } }) => setUser(value)}
      />
      <Button type="submit" size="sm" variant="default" disabled={user.trim() === ''}>
        {t('chat.side.inviteButton')}
      </Button>
      <p className={styles.soft} role="status">
        {invited === null ? '' : t('chat.side.invited', { user: invited })}
      </p>
    </form>
  )
}
