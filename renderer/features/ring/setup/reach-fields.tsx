import { NativeSelect, SegmentedControl } from '@mantine/core'
import { type RingReach, type RingTextsFrom, ringReaches, ringTextsFrom } from '#contract/worker/ring'
import { useWords } from '../../../i18n/use-words.ts'
import type { SetupPartProps } from './parts.ts'
import styles from './setup-panel.module.css'

/** How far the ring reaches, and from whom it takes what cannot be proven. */
export function ReachFields(props: SetupPartProps) {
  const { t } = useWords()
  const { draft, onChange } = props
  const { reach, textsFrom } = draft
  return (
    <>
      <fieldset className={styles.part}>
        <legend>{t('ring.setup.reach')}</legend>
        <SegmentedControl
          size="xs"
          aria-label={t('ring.setup.reach')}
          data-testid="ring-setup-reach"
          value={reach}
          data={ringReaches.map((value) => ({ value, label: t(`ring.setup.reaches.${value}.name`) }))}
          onChange={(value) => onChange({ ...draft, reach: value as RingReach })} // one of the list above
        />
        <p className={styles.hint}>{t(`ring.setup.reaches.${reach}.hint`)}</p>
        {reach === 'lan' ? <Network {...props} /> : null}
      </fieldset>
      <fieldset className={styles.part}>
        <legend>{t('ring.setup.textsFrom')}</legend>
        <SegmentedControl
          size="xs"
          aria-label={t('ring.setup.textsFrom')}
          data-testid="ring-setup-texts"
          value={textsFrom}
          data={ringTextsFrom.map((value) => ({ value, label: t(`ring.setup.texts.${value}.name`) }))}
          onChange={(value) => onChange({ ...draft, textsFrom: value as RingTextsFrom })} // one of the list above
        />
        <p className={textsFrom === 'everybody' ? styles.warning : styles.hint}>
          {t(`ring.setup.texts.${textsFrom}.hint`)}
        </p>
      </fieldset>
    </>
  )
}

function Network({ setup, draft, onChange }: SetupPartProps) {
  const { t } = useWords()
  const { interfaces, host, settings } = setup
  const isMissing = draft.interface !== null && !interfaces.some(({ name }) => name === draft.interface)
  const options = [
    { value: '', label: t('ring.setup.found') },
    ...interfaces.map(({ name, host: address }) => ({ value: name, label: `${name} · ${address}` })),
    ...(isMissing ? [{ value: draft.interface ?? '', label: draft.interface ?? '' }] : []),
  ]
  const isChosen = settings.reach === 'lan' && settings.interface === draft.interface
  return (
    <>
      <NativeSelect
        size="xs"
        aria-label={t('ring.setup.network')}
        data-testid="ring-setup-interface"
        value={draft.interface ?? ''}
        data={options}
        onChange={({ currentTarget: { value } }) => onChange({ ...draft, interface: value === '' ? null : value })}
      />
      {isMissing || (isChosen && host === null) ? (
        <p className={styles.warning} role="alert">
          {t('ring.setup.noNetwork')}
        </p>
      ) : null}
      {isChosen && host !== null ? <p className={styles.hint}>{t('ring.setup.host', { host })}</p> : null}
    </>
  )
}
