import { ActionIcon } from '@mantine/core'
import { IconCheck, IconCopy } from '@tabler/icons-react'
import { useState } from 'react'
import type { ChatAddress, ChatForeign } from '#contract/window/chat'
import { listed } from '../../../i18n/sentences/listed.ts'
import { useWords } from '../../../i18n/use-words.ts'
import { addressName } from './address-name.ts'
import styles from './programs.module.css'

/** Where a program of the course goes, by what it wants to do there. */
export function Addresses({ addresses, silent }: Pick<ChatForeign, 'addresses' | 'silent'>) {
  const { t, language } = useWords()
  return (
    <>
      <h3>{t('chat.programs.addresses')}</h3>
      {addresses.length === 0 ? (
        <p className={styles.soft}>{t('chat.programs.noAddresses')}</p>
      ) : (
        <ul className={styles.addresses} data-testid="chat-addresses">
          {addresses.map((address) => (
            <Address key={`${address.nodeId} ${address.name}`} address={address} />
          ))}
        </ul>
      )}
      {silent.length === 0 ? null : (
        <p className={styles.soft} role="status">
          {t('chat.programs.silent', { nodes: listed(silent, language) })}
        </p>
      )}
    </>
  )
}

function Address({ address: { name, address } }: { readonly address: ChatAddress }) {
  const { t } = useWords()
  const [isCopied, setCopied] = useState(false)
  const label = isCopied ? t('chat.programs.copied') : t('chat.programs.copy', { address })
  return (
    <li data-testid="chat-address" data-name={name}>
      <span>{addressName(name, t)}</span>
      <code>{address}</code>
      <ActionIcon
        size="sm"
        variant="default"
        aria-label={label}
        title={label}
        onClick={() => void navigator.clipboard.writeText(address).then(() => setCopied(true))}
      >
        {isCopied ? <IconCheck size={14} aria-hidden="true" /> : <IconCopy size={14} aria-hidden="true" />}
      </ActionIcon>
    </li>
  )
}
