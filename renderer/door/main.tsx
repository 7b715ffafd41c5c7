import '../styles/mantine.css'
import '../styles/tokens.css'
import '../styles/base.css'
import './door.css'
import { createRoot } from 'react-dom/client'
import { assert } from '#kit/assert'
import { Look, pageNonce } from '../ui/look.tsx'
import { isWindowKey } from '../ui/window-keys.ts'
import type { DoorDress, DoorNews } from './line.ts'
import { Zone } from './zone.tsx'

/** The window gives the door one end of a line, and says over it how the door is to look. */
window.addEventListener('message', ({ source, ports: [line] }) => {
  if (source === window.parent && line !== undefined) open(line)
})

function open(line: MessagePort): void {
  const nonce = pageNonce()
  const place = document.getElementById('root')
  assert(place !== null, 'door.html has a root')
  const root = createRoot(place)
  const tell = (news: DoorNews): void => line.postMessage(news)
  line.onmessage = ({ data: dress }: MessageEvent<DoorDress>) => {
    document.documentElement.lang = dress.language
    root.render(
      <Look scheme={dress.scheme} nonce={nonce}>
        <Zone dress={dress} tell={tell} />
      </Look>,
    )
  }
  new ResizeObserver(() => {
    // Nothing stands in it before the first dress, and a frame without height is not drawn any more.
    if (place.offsetHeight > 0) tell({ kind: 'height', px: place.offsetHeight })
  }).observe(place)
  document.addEventListener('pointerdown', () => tell({ kind: 'pressed' }))
  document.addEventListener('keydown', (event) => {
    if (!isWindowKey(event)) return
    event.preventDefault()
    const { key, code, ctrlKey, metaKey, altKey } = event
    tell({ kind: 'key', key: { key, code, ctrlKey, metaKey, altKey } })
  })
}
