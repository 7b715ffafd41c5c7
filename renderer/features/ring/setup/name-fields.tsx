import { Button, CloseButton, SegmentedControl, TextInput } from '@mantine/core'
import { type RingTimingName, ringLimits, ringTimingNames } from '#contract/worker/ring'
import { useWords } from '../../../i18n/use-words.ts'
import type { SetupPartProps } from './parts.ts'
import styles from './setup-panel.module.css'

/** Who runs on this machine, and how patient they are. */
export function NameFields({ draft, onChange }: SetupPartProps) {
  const { t } = useWords()
  const { names, timing } = draft
  const rename = (index: number, name: string): void =>
    onChange({ ...draft, names: names.map((one, at) => (at === index ? name : one)) })
  return (
    <>
      <fieldset className={styles.part}>
        <legend>{t('ring.setup.peers')}</legend>
        {names.map((name, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a peer is its place in the list; its name is being typed.
          <div key={index} className={styles.row}>
            <TextInput
              size="xs"
              className={styles.name}
              aria-label={t('ring.setup.nameOf', { number: index + 1 })}
              value={name}
              maxLength={ringLimits.nameCharsMax}
              data-testid={`ring-setup-name-${index + 1}`}
              onChange={(event) => rename(index, event.currentTarget.value)}
            />
            {names.length > 1 && index === names.length - 1 ? (
              <CloseButton
                size="sm"
                aria-label={t('ring.setup.remove', { name })}
                data-testid="ring-setup-remove"
                onClick={() => onChange({ ...draft, names: names.slice(0, -1) })}
              />
            ) : null}
          </div>
        ))}
        {names.length < ringLimits.peersMax ? (
          <Button
            size="compact-xs"
            variant="default"
            data-testid="ring-setup-add"
            onClick={() => onChange({ ...draft, names: [...names, ''] })}
          >
            {t('ring.setup.add')}
          </Button>
        ) : null}
      </fieldset>
      <fieldset className={styles.part}>
        <legend>{t('ring.setup.timing')}</legend>
        <SegmentedControl
          size="xs"
          aria-label={t('ring.setup.timing')}
          data-testid="ring-setup-timing"
          value={timing}
          data={ringTimingNames.map((value) => ({ value, label: t(`ring.setup.timings.${value}.name`) }))}
          onChange={(value) => onChange({ ...draft, timing: value as RingTimingName })} // one of the list above
        />
        <p className={styles.hint}>{t(`ring.setup.timings.${timing}.hint`)}</p>
      </fieldset>
    </>
  )
}
