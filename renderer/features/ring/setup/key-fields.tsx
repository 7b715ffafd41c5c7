import { NativeSelect, TextInput } from '@mantine/core'
import { ringLimits } from '#contract/worker/ring'
import { useWords } from '../../../i18n/use-words.ts'
import type { KeyChoice } from './draft.ts'
import type { SetupPartProps } from './parts.ts'
import styles from './setup-panel.module.css'

const choices: readonly KeyChoice[] = ['kept', 'phrase', 'invented', 'lab']

/** Whose words are believed: peers of several machines need one phrase, and the fingerprint shows that they have it. */
export function KeyFields({ setup, draft, onChange }: SetupPartProps) {
  const { t } = useWords()
  const { fingerprint, group, settings } = setup
  return (
    <fieldset className={styles.part}>
      <legend>{t('ring.setup.key')}</legend>
      <p className={styles.hint}>{t(`ring.setup.keyNow.${settings.key}`)}</p>
      <p>
        {t('ring.setup.fingerprint')} <code data-testid="ring-setup-fingerprint">{fingerprint}</code>
      </p>
      <NativeSelect
        size="xs"
        className={styles.choice}
        aria-label={t('ring.setup.key')}
        data-testid="ring-setup-key"
        value={draft.keyChoice}
        data={choices.map((value) => ({ value, label: t(`ring.setup.keys.${value}`) }))}
        onChange={({ currentTarget: { value } }) => onChange({ ...draft, keyChoice: value as KeyChoice })} // one of the list
      />
      {draft.keyChoice === 'phrase' ? (
        // Shown as it is typed: it is read aloud to others, and a wrong letter would make another ring.
        <TextInput
          size="xs"
          className={styles.choice}
          aria-label={t('ring.setup.phrase')}
          placeholder={t('ring.setup.phrase')}
          autoComplete="off"
          value={draft.phrase}
          maxLength={ringLimits.phraseCharsMax}
          data-testid="ring-setup-typed"
          onChange={(event) => onChange({ ...draft, phrase: event.currentTarget.value })}
        />
      ) : null}
      <p className={styles.hint}>{t('ring.setup.group', { group: `${group.host}:${group.port}` })}</p>
    </fieldset>
  )
}
