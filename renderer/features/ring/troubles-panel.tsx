import type { NodeCard } from '#contract/window/topology'
import { useWords } from '../../i18n/use-words.ts'
import { useHostNow } from '../../stores/context.tsx'
import styles from './ring-page.module.css'
import { type PeerTroubles, troublesOf } from './troubles.ts'

/** What was dropped because it could not be believed or was too much, and which machine is slow. */
export function TroublesPanel({ cards }: { readonly cards: readonly NodeCard[] }) {
  const { t, format } = useWords()
  const troubles = troublesOf(cards, useHostNow())
  return (
    <>
      <p className={styles.soft}>{t('ring.troubles.about')}</p>
      <table className={styles.beliefs} data-testid="ring-troubles">
        <caption className="hidden-visually">{t('ring.troubles.title')}</caption>
        <thead>
          <tr>
            {(['peer', 'refused', 'anomalies', 'machine'] as const).map((column) => (
              <th key={column} scope="col">
                {t(`ring.troubles.columns.${column}`)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {troubles.length > 0 ? null : (
            <tr>
              <td colSpan={4}>{t('ring.troubles.nobody')}</td>
            </tr>
          )}
          {troubles.map((peer) => (
            <tr key={peer.node} data-testid={`ring-troubles-${peer.node}`} data-refused={peer.refusedInAll}>
              <th scope="row">{peer.name}</th>
              <td>
                <Refused peer={peer} />
              </td>
              <td>{format.number(peer.anomalies)}</td>
              <td data-slowness={peer.slowness}>
                {peer.slowness === 0
                  ? t('ring.troubles.well')
                  : t('ring.troubles.slow', { times: format.number(peer.slowness + 1) })}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </>
  )
}

function Refused({ peer: { refused } }: { readonly peer: PeerTroubles }) {
  const { t, format } = useWords()
  if (refused.length === 0) return t('ring.troubles.nothing')
  return (
    <ul>
      {refused.map(({ why, count }) => (
        <li key={why} data-why={why} title={t(`ring.troubles.hints.${why}`)}>
          {t(`ring.troubles.why.${why}`)}: {format.number(count)}
        </li>
      ))}
    </ul>
  )
}
