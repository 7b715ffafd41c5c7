import { useWords } from '../../../i18n/use-words.ts'
import { useTopology } from '../../../stores/context.tsx'
import { FlightSign, type FlightSignKind } from '../../../ui/flights/flight-sign.tsx'
import { dotsPerSecondMax, type MessageMode } from '../../../ui/flights/message-mode.ts'
import type { LogMode } from '../log-mode.ts'
import styles from './picture-legend.module.css'

interface PictureLegendProps {
  readonly clusterId: string
  readonly messages: MessageMode
  readonly mode: LogMode
}

const signs: Readonly<Record<LogMode, readonly FlightSignKind[]>> = {
  default: ['entries', 'vote', 'dropped'],
  heartbeat: ['entries', 'vote', 'heartbeat', 'dropped'],
  debug: ['entries', 'vote', 'heartbeat', 'answer', 'dropped'],
}

/** What flies, or why nothing does; how much is said a second either way. */
export function PictureLegend({ clusterId, messages, mode }: PictureLegendProps) {
  const { t, format } = useWords()
  const perSecond = useTopology(({ snapshot }) =>
    (snapshot?.clusters.find(({ id }) => id === clusterId)?.links ?? []).reduce(
      (sum, link) => sum + link.messagesPerSecond,
      0,
    ),
  )
  return (
    <div className={styles.legend}>
      {messages === 'dots' ? (
        <ul className={styles.signs}>
          {signs[mode].map((kind) => (
            <li key={kind}>
              <FlightSign kind={kind} />
              {t(`ring.flights.${kind}`)}
            </li>
          ))}
        </ul>
      ) : (
        <p data-testid="ring-flights" data-mode={messages}>
          {t(`overview.messages.${messages}`, { max: format.number(dotsPerSecondMax) })}
        </p>
      )}
      <p className={styles.rate}>{t('ring.rate', { value: format.number(Math.round(perSecond)) })}</p>
    </div>
  )
}
