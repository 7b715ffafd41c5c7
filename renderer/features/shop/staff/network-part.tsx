import { Button, Code, Switch } from '@mantine/core'
import { useState } from 'react'
import type { ShopSetup } from '#contract/window/shop'
import type { ClusterId } from '#kit/ids'
import { useWords } from '../../../i18n/use-words.ts'
import { useActions, useTopology } from '../../../stores/context.tsx'
import { Busy } from '../../../ui/busy.tsx'
import { Caution } from '../../../ui/caution.tsx'
import { Refusal } from '../../../ui/refusal.tsx'
import { useAnswer } from '../../../ui/use-answer.ts'
import styles from './staff.module.css'

/** From where the shop is reached; and what programs of the staff have to show where others can ask too. */
export function NetworkPart() {
  const id = useTopology(({ snapshot }) => snapshot?.clusters.find(({ kind }) => kind === 'shop')?.id ?? null)
  return id === null ? <Busy /> : <Network clusterId={id} />
}

function Network({ clusterId }: { readonly clusterId: ClusterId }) {
  const { answer, turn, again } = useAnswer('shop.setup', { clusterId })
  if (answer === null) return <Busy />
  if (!answer.ok) return <Refusal code={answer.failure.code} onRetry={again} />
  return <NetworkForm key={turn} clusterId={clusterId} setup={answer.value} />
}

interface NetworkFormProps {
  readonly clusterId: ClusterId
  readonly setup: ShopSetup
}

function NetworkForm({ clusterId, setup: first }: NetworkFormProps) {
  const { t } = useWords()
  const { call } = useActions()
  const [setup, setSetup] = useState(first)
  const [isOpen, setOpen] = useState(first.reach === 'lan')
  const [isBusy, setBusy] = useState(false)
  const save = async (): Promise<void> => {
    setBusy(true)
    const result = await call('shop.configure', { clusterId, reach: isOpen ? 'lan' : 'loopback' })
    setBusy(false)
    if (result.ok) setSetup(result.value)
  }
  const isSaved = isOpen === (setup.reach === 'lan')
  return (
    <div className={styles.network} data-testid="shop-network" data-reach={setup.reach}>
      <Switch
        label={t('shop.network.reach')}
        description={t('shop.network.hint')}
        checked={isOpen}
        data-testid="shop-network-reach"
        onChange={({ currentTarget: { checked } }) => setOpen(checked)}
      />
      {isOpen ? <Caution text={t('shop.network.open')} /> : null}
      <div className={styles.addReplica}>
        <Button loading={isBusy} disabled={isSaved} data-testid="shop-network-save" onClick={() => void save()}>
          {t('shop.network.save')}
        </Button>
        <p className={styles.soft} role="status">
          {t(isBusy ? 'shop.network.saving' : 'shop.network.restarts')}
        </p>
      </div>
      {setup.reach === 'lan' ? <Reached setup={setup} /> : null}
    </div>
  )
}

function Reached({ setup: { hosts, port, staffToken } }: { readonly setup: ShopSetup }) {
  const { t } = useWords()
  return (
    <dl className={styles.reached}>
      <dt>{t('shop.network.addresses')}</dt>
      <dd>
        {hosts.length === 0 || port === null
          ? t('shop.network.nowhere')
          : hosts.map((host) => <Code key={host}>{`http://${host}:${port}`}</Code>)}
      </dd>
      <dt>{t('shop.network.token')}</dt>
      <dd>
        <Code data-testid="shop-network-token">{`Authorization: Bearer ${staffToken ?? ''}`}</Code>
      </dd>
    </dl>
  )
}
