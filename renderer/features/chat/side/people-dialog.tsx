import { Button, Modal, TextInput } from '@mantine/core'
import { useState } from 'react'
import { type ChatAbilities, type ChatSession, chatDeskLimits, type PersonRow } from '#contract/worker/chat-calls'
import { type Speech, useWords } from '../../../i18n/use-words.ts'
import { useActions, useChat, useChatClient } from '../../../stores/context.tsx'
import { BotBadge } from './badges.tsx'
import { Face } from './face.tsx'
import { isBotName } from './names.ts'
import styles from './side.module.css'

interface PeopleDialogProps {
  readonly session: ChatSession
  readonly abilities: ChatAbilities
  onClose(): void
}

/** One person, or more for a group. */
export function PeopleDialog({ session: { session, user }, abilities, onClose }: PeopleDialogProps) {
  const { t, format } = useWords()
  const { call } = useActions()
  const client = useChatClient()
  const people = useChat((state) => state.people)
  const [filter, setFilter] = useState('')
  const [chosen, setChosen] = useState<readonly string[]>([])
  const [isBusy, setBusy] = useState(false)
  const others = [...people.values()].filter(({ name }) => name !== user)
  const shown = others.filter(({ name }) => name.toLowerCase().includes(filter.trim().toLowerCase()))
  const [first] = chosen
  const begin = async (): Promise<void> => {
    if (first === undefined) return
    setBusy(true)
    const result =
      chosen.length === 1
        ? await call('chat.direct', { session, user: first })
        : await call('chat.group', { session, users: [...chosen] })
    setBusy(false)
    if (!result.ok) return
    client.open(result.value.id)
    onClose()
  }
  return (
    <Modal
      opened
      onClose={onClose}
      title={t('chat.side.to.title')}
      centered
      closeButtonProps={{ 'aria-label': t('common.close') }}
    >
      <div className={styles.dialog} data-testid="chat-people">
        <TextInput
          label={t('chat.side.to.filter')}
          value={filter}
          data-autofocus
          data-testid="chat-people-filter"
          onChange={({ currentTarget: { value } }) => setFilter(value)}
        />
        {shown.length === 0 ? (
          <p className={styles.none}>{t(others.length === 0 ? 'chat.side.to.empty' : 'chat.side.to.noMatch')}</p>
        ) : (
          <ul className={styles.choices}>
            {shown.slice(0, shownMax).map((person) => (
              <Choice
                key={person.name}
                person={person}
                isChosen={chosen.includes(person.name)}
                onChoose={(isChosen) => setChosen(chosenWith(chosen, person.name, isChosen && abilities.hasPrivate))}
                onOnly={() => setChosen([person.name])}
                isOne={!abilities.hasPrivate}
              />
            ))}
          </ul>
        )}
        <Button
          loading={isBusy}
          disabled={first === undefined || chosen.length >= chatDeskLimits.groupUsersMax}
          data-testid="chat-begin"
          onClick={() => void begin()}
        >
          {beginWords(chosen, { t, format })}
        </Button>
      </div>
    </Modal>
  )
}

function beginWords(chosen: readonly string[], { t, format }: Pick<Speech, 't' | 'format'>): string {
  const [first] = chosen
  if (first === undefined) return t('chat.side.to.none')
  if (chosen.length === 1) return t('chat.side.to.one', { user: first })
  return t('chat.side.to.many', { value: format.number(chosen.length + 1) })
}

/** Whoever is further down is found by the filter. */
const shownMax = 100

function chosenWith(chosen: readonly string[], name: string, isChosen: boolean): readonly string[] {
  const others = chosen.filter((one) => one !== name)
  return isChosen ? [...others, name] : others
}

interface ChoiceProps {
  readonly person: PersonRow
  readonly isChosen: boolean
  /** There are no groups: another choice takes the place of the one before. */
  readonly isOne: boolean
  onChoose(isChosen: boolean): void
  onOnly(): void
}

function Choice({ person, isChosen, isOne, onChoose, onOnly }: ChoiceProps) {
  const { t } = useWords()
  const { name, isHere } = person
  return (
    <li>
      <label className={styles.choice} data-testid="chat-person" data-name={name}>
        <input
          type={isOne ? 'radio' : 'checkbox'}
          name="chat-person"
          checked={isChosen}
          onChange={({ currentTarget: { checked } }) => (isOne ? onOnly() : onChoose(checked))}
        />
        <Face name={name} isHere={isHere} />
        <span>{name}</span>
        {isBotName(name, person) ? <BotBadge /> : null}
        {isHere ? <small>{t('chat.side.here')}</small> : null}
      </label>
    </li>
  )
}
