import { ActionIcon } from '@mantine/core'
import { IconX } from '@tabler/icons-react'
import { orderTextLimits } from '#contract/worker/order-text'
import { useWords } from '../../../i18n/use-words.ts'
import { useTrayActions } from '../../../stores/context.tsx'
import type { TrayItem } from '../../../stores/notary/tray.ts'
import styles from './tray-row.module.css'

export function TrayRow({ item }: { readonly item: TrayItem }) {
  const { t, format } = useWords()
  const tray = useTrayActions()
  const { key, title, bytes, bytesDone, state, sha256 } = item
  const percent = format.percent(bytes === 0 ? 0 : Math.floor((bytesDone / bytes) * 100))
  return (
    <div className={styles.row} data-testid="tray-item" data-state={state} data-sha256={sha256 ?? ''}>
      <div className={styles.name}>
        <input
          className={styles.title}
          aria-label={t('notary.register.titleOf', { title })}
          maxLength={orderTextLimits.titleCharsMax}
          value={title}
          disabled={state === 'sending'}
          onChange={({ currentTarget: { value } }) => tray.rename(key, value)}
        />
        <p className={styles.state} data-bad={state === 'unreadable'}>
          <span>{t(`notary.register.state.${state}`, { percent })}</span>
          <span>{format.bytes(bytes)}</span>
          {sha256 === null ? null : <code title={sha256}>{`${sha256.slice(0, 16)}…`}</code>}
        </p>
      </div>
      <ActionIcon
        variant="subtle"
        color="gray"
        aria-label={t('notary.register.remove', { title })}
        disabled={state === 'sending'}
        onClick={() => tray.remove([key])}
      >
        <IconX size={16} aria-hidden="true" />
      </ActionIcon>
    </div>
  )
}
