import { Button, NativeSelect, NumberInput, Switch } from '@mantine/core'
import { IconBolt } from '@tabler/icons-react'
import { useState } from 'react'
import { type Fault, type FaultKind, faultKinds } from '#contract/worker/faults'
import type { NodeId } from '#kit/ids'
import { useWords } from '../../i18n/use-words.ts'
import { type Draft, faultOf, isLinkKind, msRange, startDraft } from './draft.ts'
import { DurationSelect } from './duration-select.tsx'
import styles from './fault-form.module.css'
import { NodesChoice } from './nodes-choice.tsx'
import { defaultForMs } from './quick-fault.ts'

interface FaultFormProps {
  readonly nodes: readonly NodeId[]
  /** Given: the form is about this node and its links. */
  readonly at?: NodeId
  /** What the form begins with. */
  readonly startKind?: FaultKind
  onInject(fault: Fault, forMs: number | null): Promise<boolean>
}

/** Any of the faults, with what it does and what to watch for, before it is injected. */
export function FaultForm({ nodes, at, startKind = 'kill', onInject }: FaultFormProps) {
  const { t } = useWords()
  const [draft, setDraft] = useState<Draft | null>(() => startDraft(startKind, nodes, at ?? null))
  const [forMs, setForMs] = useState<number | null>(defaultForMs)
  const [isBusy, setBusy] = useState(false)
  if (draft === null) return null
  const { kind } = draft
  const change = (part: Partial<Draft>): void => setDraft({ ...draft, ...part })
  const fault = faultOf(draft)
  return (
    <form
      className={styles.form}
      data-testid="fault-form"
      onSubmit={(event) => {
        event.preventDefault()
        if (fault === null) return
        setBusy(true)
        void onInject(fault, forMs).finally(() => setBusy(false))
      }}
    >
      <NativeSelect
        label={t('faults.form.kind')}
        value={kind}
        data={faultKinds.map((name) => ({ value: name, label: t(`faults.kind.${name}`) }))}
        onChange={({ currentTarget: { value } }) => {
          const next = faultKinds.find((name) => name === value)
          if (next) setDraft(startDraft(next, nodes, at ?? draft.node))
        }}
      />
      <dl className={styles.help}>
        <dt>{t('faults.form.what')}</dt>
        <dd>{t(`faults.does.${kind}`)}</dd>
        <dt>{t('faults.form.watchFor')}</dt>
        <dd>{t(`faults.watch.${kind}`)}</dd>
      </dl>
      {isLinkKind(kind) ? (
        <LinkFields draft={draft} nodes={nodes} change={change} />
      ) : at ? null : (
        <NativeSelect
          label={t('faults.form.node')}
          value={draft.node}
          data={[...nodes]}
          onChange={({ currentTarget: { value } }) => change({ node: pick(nodes, value) ?? draft.node })}
        />
      )}
      <NumberFields draft={draft} change={change} />
      <DurationSelect forMs={forMs} onChange={setForMs} />
      {fault === null ? <p className={styles.wrong}>{t('faults.form.chooseNodes')}</p> : null}
      <Button
        type="submit"
        disabled={fault === null}
        loading={isBusy}
        leftSection={<IconBolt size={17} aria-hidden="true" />}
        data-testid="fault-submit"
      >
        {t('faults.form.submit')}
      </Button>
    </form>
  )
}

interface FieldsProps {
  readonly draft: Draft
  change(part: Partial<Draft>): void
}

function LinkFields({ draft, nodes, change }: FieldsProps & { readonly nodes: readonly NodeId[] }) {
  const { t } = useWords()
  if (draft.kind === 'cut') {
    return (
      <>
        <NodesChoice
          label={t('faults.form.from')}
          nodes={nodes}
          chosen={draft.from}
          onChange={(from) => change({ from })}
        />
        <NodesChoice label={t('faults.form.to')} nodes={nodes} chosen={draft.to} onChange={(to) => change({ to })} />
        <Switch
          label={t('faults.form.both')}
          checked={draft.both}
          onChange={({ currentTarget: { checked } }) => change({ both: checked })}
        />
      </>
    )
  }
  const select = (side: 'from' | 'to') => (
    <NativeSelect
      label={t(`faults.form.${side}`)}
      value={draft[side][0] ?? ''}
      data={[...nodes]}
      onChange={({ currentTarget: { value } }) => change({ [side]: nodes.filter((id) => id === value) })}
    />
  )
  return (
    <div className={styles.pair}>
      {select('from')}
      {select('to')}
    </div>
  )
}

function NumberFields({ draft, change }: FieldsProps) {
  const { t } = useWords()
  const { kind, ms, jitterMs, percent } = draft
  const range = msRange(kind)
  const number = (value: string | number): number => Math.round(Number(value) || 0)
  return (
    <div className={styles.pair}>
      {range === null ? null : (
        <NumberInput
          label={t('faults.form.ms')}
          value={ms}
          {...range}
          step={50}
          data-testid="fault-ms"
          onChange={(value) => change({ ms: Math.min(range.max, Math.max(range.min, number(value))) })}
        />
      )}
      {kind === 'delay' ? (
        <NumberInput
          label={t('faults.form.jitter')}
          value={jitterMs}
          min={0}
          max={range?.max ?? 0}
          step={50}
          onChange={(value) => change({ jitterMs: number(value) })}
        />
      ) : null}
      {kind === 'loss' || kind === 'duplicate' ? (
        <NumberInput
          label={t('faults.form.percent')}
          value={percent}
          min={0}
          max={100}
          step={5}
          suffix=" %"
          onChange={(value) => change({ percent: Math.min(100, Math.max(0, number(String(value).replace('%', '')))) })}
        />
      ) : null}
    </div>
  )
}

function pick(nodes: readonly NodeId[], value: string): NodeId | undefined {
  return nodes.find((id) => id === value)
}
