import { IconAlertTriangle, IconCircleCheck, IconLoader } from '@tabler/icons-react'
import { useEffect, useState } from 'react'
import { useStore } from 'zustand'
import type { Race } from '#contract/worker/shop-races'
import { useWords } from '../../../i18n/use-words.ts'
import { useHands } from '../../../stores/context.tsx'
import { Busy } from '../../../ui/busy.tsx'
import { Empty } from '../../../ui/empty.tsx'
import { Refusal } from '../../../ui/refusal.tsx'
import { Sentence } from '../../../ui/sentence.tsx'
import { useFreshAnswer } from '../../../ui/use-fresh-answer.ts'
import { useProductNames } from '../product-names.ts'
import { useShopBeat } from '../use-shop.ts'
import { Proof } from './proof.tsx'
import styles from './race.module.css'
import { raceVerdict } from './race-verdict.ts'
import { Shoppers } from './shoppers.tsx'

export function RaceResult({ id }: { readonly id: string }) {
  const { t } = useWords()
  const slow = useShopBeat()
  const [isOver, setOver] = useState(false)
  // While it runs every beat of the window asks: it is over in a moment.
  const quick = useStore(useHands().stores.now, ({ nowMs }) => (isOver ? 0 : nowMs))
  const { answer, again } = useFreshAnswer('shop.raceById', { id }, isOver ? 'over' : `${slow} ${quick}`)
  const state = answer?.ok ? answer.value.race?.state : undefined
  useEffect(() => setOver(state === 'done'), [state])
  if (answer === null) return <Busy />
  if (!answer.ok) return <Refusal code={answer.failure.code} onRetry={again} />
  if (answer.value.race === null) return <Empty text={t('shop.race.forgotten')} />
  return <Told race={answer.value.race} />
}

function Told({ race }: { readonly race: Race }) {
  const { t, format } = useWords()
  const nameOf = useProductNames([race.product])
  const { fault, target, state, startedWallMs, settledWallMs, proof } = race
  const verdict = raceVerdict(race)
  return (
    <div className={styles.told} data-testid="shop-race-result" data-state={state} data-verdict={verdict.kind}>
      <h2>{t('shop.race.item', { count: race.shoppers, name: nameOf(race.product) })}</h2>
      <p className={styles.verdict} data-kind={verdict.kind} role="status">
        {verdict.kind === 'running' ? (
          <IconLoader size={20} aria-hidden="true" />
        ) : verdict.kind === 'right' ? (
          <IconCircleCheck size={20} aria-hidden="true" />
        ) : (
          <IconAlertTriangle size={20} aria-hidden="true" />
        )}
        <span>
          {verdict.kind === 'running'
            ? t(`shop.race.running.${state === 'proving' ? 'proving' : 'asking'}`, { count: verdict.open })
            : verdict.kind === 'right'
              ? t('shop.race.right', { count: verdict.placed, refused: format.number(verdict.refused) })
              : t('shop.race.wrong')}
        </span>
      </p>
      <ul className={styles.facts}>
        <li>
          {fault === null ? (
            t('shop.race.noFault')
          ) : target === null ? (
            t('shop.race.noTarget')
          ) : (
            <Sentence text={t(`shop.race.did.${fault.kind}`, { node: target })} />
          )}
        </li>
        {settledWallMs === null ? null : (
          <li>{t('shop.race.took', { time: format.duration(settledWallMs - startedWallMs) })}</li>
        )}
      </ul>
      <Shoppers race={race} />
      {proof === null ? null : <Proof proof={proof} units={race.units} />}
    </div>
  )
}
