import { useElementSize } from '@mantine/hooks'
import { useCallback, useMemo } from 'react'
import type { RecordedEvent } from '#contract/window/recording'
import { useWords } from '../../../i18n/use-words.ts'
import { MessageLayer } from '../../../ui/flights/message-layer.tsx'
import { useMessageMode } from '../../../ui/flights/use-message-mode.ts'
import { hexagon } from '../../../ui/hexagon.ts'
import { type LogMode, showsMessage } from '../log-mode.ts'
import { cellRadius, flightPaths, pathBetween } from './paths.ts'
import { PictureLegend } from './picture-legend.tsx'
import styles from './ring-picture.module.css'
import { type DrawnArrow, type DrawnPeer, type RingScene, ringShape, shapeHeight } from './shape.ts'
import { useFading } from './use-fading.ts'

interface RingPictureProps {
  readonly scene: RingScene
  readonly clusterId: string
  readonly mode: LogMode
}

/** Decoration beside its table twin, which says the same in words. */
export function RingPicture({ scene, clusterId, mode }: RingPictureProps) {
  const { t } = useWords()
  const { mine, sight, cards } = scene
  const shape = useMemo(() => ringShape({ mine, sight, cards }), [mine, sight, cards])
  const { fading, faded } = useFading(shape)
  const { ref, width, height } = useElementSize()
  const zoom = Math.min(width / shape.width, height / shapeHeight)
  const viewport = { x: (width - shape.width * zoom) / 2, y: (height - shapeHeight * zoom) / 2, zoom }
  const paths = useMemo(() => flightPaths(shape), [shape])
  const room = useMemo(() => ({ width, height }), [width, height])
  const messages = useMessageMode(clusterId)
  const shows = useCallback(({ what }: RecordedEvent) => showsMessage(what, mode), [mode])
  const count = shape.rings.length
  return (
    <>
      <div className={styles.stage} ref={ref}>
        <svg
          className={styles.picture}
          viewBox={`0 0 ${shape.width} ${shapeHeight}`}
          role="img"
          aria-label={count > 1 ? t('ring.pictureSplit', { count }) : t('ring.picture')}
          data-testid="ring-picture"
          data-rings={count}
        >
          <defs>
            <marker id="ring-arrow" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="8" markerHeight="8" orient="auto">
              <path className={styles.head} d="M0 0L8 4L0 8Z" />
            </marker>
          </defs>
          {count === 1 ? null : (
            <path className={styles.rift} d={`M${riftX} 24V${shapeHeight - 40}`} data-testid="ring-rift" />
          )}
          {shape.arrows.map((arrow) => (
            <Arrow key={`${arrow.from.key}>${arrow.to.key}`} arrow={arrow} />
          ))}
          {fading.map((peer) => (
            <Cell key={peer.key} peer={peer} onFaded={() => faded(peer.key)} />
          ))}
          {shape.peers.map((peer) => (
            <Cell key={peer.key} peer={peer} />
          ))}
        </svg>
        <MessageLayer paths={paths} viewport={viewport} room={room} isFlying={messages === 'dots'} shows={shows} />
      </div>
      <PictureLegend clusterId={clusterId} messages={messages} mode={mode} />
    </>
  )
}

/** Between our ring and the first other one. */
const riftX = 412

function Arrow({ arrow }: { readonly arrow: DrawnArrow }) {
  const { from, to } = pathBetween(arrow.from, arrow.to)
  return (
    <line
      className={styles.arrow}
      data-arrow={`${arrow.from.id}>${arrow.to.id}`}
      markerEnd="url(#ring-arrow)"
      x1={from.x}
      y1={from.y}
      x2={to.x}
      y2={to.y}
    />
  )
}

interface CellProps {
  readonly peer: DrawnPeer
  /** It is no longer in the ring, and goes. */
  readonly onFaded?: () => void
}

function Cell({ peer, onFaded }: CellProps) {
  const { t } = useWords()
  const { x, y, mark } = peer
  const said = [
    ...(peer.isMine ? [t('ring.you')] : []),
    ...(peer.isLeader ? [t('ring.leads')] : []),
    ...(peer.isReference ? [t('ring.reference')] : []),
    ...(mark === 'well' ? [] : [t(`ring.marks.${mark}`)]),
  ]
  const place = peer.isOurs ? 'ring-peer' : 'ring-apart'
  return (
    <g
      className={styles.cell}
      data-testid={`${onFaded === undefined ? place : 'ring-gone-peer'}-${peer.node ?? peer.id}`}
      data-mark={mark}
      data-leader={peer.isLeader}
      data-mine={peer.isMine}
      data-fading={onFaded !== undefined}
      onAnimationEnd={onFaded}
    >
      <path d={hexagon({ x, y, radius: cellRadius })} />
      {peer.isLeader ? (
        <path className={styles.crown} d={`M${x - 13} ${y - 12}l-2-14 8 6 7-10 7 10 8-6-2 14Z`} />
      ) : null}
      <text x={x} y={y + 5}>
        {peer.name === peer.id ? portOf(peer.id) : short(peer.name)}
      </text>
      <text className={styles.said} x={x} y={y + cellRadius + 18}>
        {onFaded === undefined ? said.join(' · ') : t('ring.marks.gone')}
      </text>
      <Badge peer={peer} />
    </g>
  )
}

/** The second sign beside the colour: an eye that looks, a cross, a square, two bars. */
function Badge({ peer: { x, y, mark } }: { readonly peer: DrawnPeer }) {
  if (mark === 'well' || mark === 'outside') return null
  return (
    <g className={styles.badge} transform={`translate(${x + cellRadius - 7} ${y - cellRadius + 9})`}>
      <circle r="11" />
      {badges[mark]}
    </g>
  )
}

const badges: Readonly<Record<'suspected' | 'dead' | 'stopped' | 'paused', React.ReactNode>> = {
  suspected: <path d="M-2.8 -3a3 3 0 1 1 4.3 2.8C.5 .3 0 .8 0 1.8M0 5v.2" />,
  dead: <path d="M-4 -4 4 4M4 -4 -4 4" />,
  stopped: <path d="M-3.5 -3.5h7v7h-7z" />,
  paused: <path d="M-2.5 -4v8M2.5 -4v8" />,
}

/** Of an address without a name what tells it from others here. */
function portOf(id: string): string {
  return id.slice(id.lastIndexOf(':'))
}

/** What a cell has room for; the table beside it has the whole name. */
const nameCharsMax = 8

function short(name: string): string {
  const letters = [...name]
  return letters.length <= nameCharsMax ? name : `${letters.slice(0, nameCharsMax - 1).join('')}…`
}
