import { useComputedColorScheme } from '@mantine/core'
import { useCallback, useEffect, useRef, useState } from 'react'
import { type DoorDress, type DoorNews, doorOrigin } from '../../../door/line.ts'
import { useWords } from '../../../i18n/use-words.ts'
import { useTrayActions } from '../../../stores/context.tsx'
import { nothingLeftOut } from '../../../stores/notary/tray.ts'
import styles from './door.module.css'

/** A door that breaks is opened anew, but not for ever. */
const livesMax = 5

interface DoorProps {
  readonly isWriting: boolean
  onWrite(): void
}

/**
 * Where files come in: a frame with a process of its own. For each file the browser asks others about it while the page
 * waits, so ten thousand of them stop a page for seconds, and it must not be the window's.
 */
export function Door({ isWriting, onWrite }: DoorProps) {
  const { t } = useWords()
  const frame = useRef<HTMLIFrameElement | null>(null)
  const isOpen = useRef(false)
  const [line, setLine] = useState<MessagePort | null>(null)
  const [life, setLife] = useState(1)
  const [heightPx, setHeightPx] = useState<number | null>(null)
  const { take, breakOff, found } = useGathered()
  const dress = useDress({ isWriting, found })
  const hear = (news: DoorNews): void => {
    if (news.kind === 'write') onWrite()
    else if (news.kind === 'height') setHeightPx(news.px)
    else if (news.kind === 'key')
      frame.current?.dispatchEvent(new KeyboardEvent('keydown', { ...news.key, bubbles: true }))
    else if (news.kind === 'pressed') frame.current?.dispatchEvent(new MouseEvent('mousedown', { bubbles: true }))
    else take(news)
  }
  useEffect(() => {
    if (line === null) return
    line.onmessage = ({ data }: MessageEvent<DoorNews>) => hear(data)
    line.postMessage(dress)
  })
  const origin = doorOrigin(window.location)
  const open = (): void => {
    // A frame that loads a second time is not what it was, and may have gone elsewhere.
    if (isOpen.current) {
      breakOff()
      isOpen.current = false
      if (life < livesMax) setLife(life + 1)
      return
    }
    isOpen.current = true
    const { port1, port2 } = new MessageChannel()
    frame.current?.contentWindow?.postMessage(null, origin, [port2])
    setLine(port1)
  }
  return (
    <iframe
      key={life}
      ref={frame}
      className={styles.door}
      style={heightPx === null ? undefined : { height: heightPx }}
      data-dressed={heightPx !== null}
      src={`${origin}/door.html`}
      title={t('notary.register.choose')}
      data-testid="door"
      onLoad={open}
    />
  )
}

type Gathered = Extract<DoorNews, { readonly kind: 'began' | 'files' | 'ended' }>

/** Lays on the table what comes in, as it comes; `found` while there may be more. */
function useGathered() {
  const tray = useTrayActions()
  const underWay = useRef(0)
  const [found, setFound] = useState<number | null>(null)
  const breakOff = useCallback(() => {
    if (underWay.current > 0) tray.leaveOut({ ...nothingLeftOut, interrupted: 1 })
    underWay.current = 0
    setFound(null)
  }, [tray])
  // The door goes with this page, and what it had not handed on yet goes with it.
  useEffect(() => breakOff, [breakOff])
  const take = (news: Gathered): void => {
    switch (news.kind) {
      case 'began':
        underWay.current += 1
        return tray.begin()
      case 'files':
        setFound((count) => (count ?? 0) + news.files.length)
        return tray.addFiles(news.files)
      case 'ended':
        underWay.current = Math.max(0, underWay.current - 1)
        if (underWay.current === 0) setFound(null)
        return tray.leaveOut(news.leftOut)
    }
  }
  return { take, breakOff, found }
}

function useDress({ isWriting, found }: { readonly isWriting: boolean; readonly found: number | null }): DoorDress {
  const { t, format, language } = useWords()
  const scheme = useComputedColorScheme()
  return {
    scheme,
    language,
    isWriting,
    words: {
      title: t('notary.register.dropTitle'),
      over: t('notary.register.dropNow'),
      text:
        found === null ? t('notary.register.dropText') : t('notary.register.looking', { count: format.number(found) }),
      pickFiles: t('notary.register.pickFiles'),
      pickFolder: t('notary.register.pickFolder'),
      writeText: t('notary.register.writeText'),
    },
  }
}
