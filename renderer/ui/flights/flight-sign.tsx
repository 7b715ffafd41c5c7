import styles from './flight-sign.module.css'

export type FlightSignKind = 'heartbeat' | 'entries' | 'answer' | 'vote' | 'dropped'

/** The shape in which a message of that kind flies; a colour alone would not tell them apart for everybody. */
export function FlightSign({ kind }: { readonly kind: FlightSignKind }) {
  return (
    <svg className={styles.dot} data-kind={kind} viewBox="-8 -8 16 16" aria-hidden="true" focusable="false">
      {shapes[kind]}
    </svg>
  )
}

const shapes: Readonly<Record<FlightSignKind, React.ReactNode>> = {
  heartbeat: <circle r="4" fill="currentColor" />,
  entries: <rect x="-4" y="-4" width="8" height="8" fill="currentColor" />,
  answer: <circle r="3.5" fill="none" stroke="currentColor" strokeWidth="2" />,
  vote: <path d="M0 -6 6 0 0 6 -6 0Z" fill="currentColor" />,
  dropped: <path d="M-5 -5 5 5M5 -5 -5 5" fill="none" stroke="currentColor" strokeWidth="2" />,
}
