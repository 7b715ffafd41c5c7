import { Button } from '@mantine/core'
import { IconFilePlus, IconFolderPlus, IconPencil, IconStack2 } from '@tabler/icons-react'
import { type DragEvent, useRef, useState } from 'react'
import { useWords } from '../../../i18n/use-words.ts'
import { useActions, useTrayActions } from '../../../stores/context.tsx'
import { type LeftOut, trayLimits } from '../../../stores/notary/tray.ts'
import { chosenOf, entriesOf, type Gathering, gather } from './dropped.ts'
import styles from './intake.module.css'
import { Step } from './step.tsx'
import { TextForm } from './text-form.tsx'

/** Lays on the table what somebody gathers, as it comes. */
type Take = (work: (gathering: Gathering) => Promise<LeftOut>) => Promise<void>

/** The first step: files and folders by hand or by mouse, or a text. */
export function Intake() {
  const { t, format } = useWords()
  const tray = useTrayActions()
  const { sizesOf } = useActions()
  const [isOver, setOver] = useState(false)
  const [isWriting, setWriting] = useState(false)
  const [found, setFound] = useState<number | null>(null)
  const take: Take = async (work) => {
    let count = 0
    tray.begin()
    const leftOut = await work({
      filesMax: trayLimits.itemsMax,
      onFiles: (files) => {
        tray.addFiles(files)
        count += files.length
        setFound(count)
      },
    })
    setFound(null)
    tray.leaveOut(leftOut)
  }
  const drop = async (event: DragEvent): Promise<void> => {
    event.preventDefault()
    setOver(false)
    const entries = entriesOf(event.dataTransfer.items, { filesMax: trayLimits.itemsMax, sizesOf })
    await take((gathering) => gather(entries, gathering))
  }
  return (
    <Step number={1} title={t('notary.register.choose')}>
      {/* biome-ignore lint/a11y/noStaticElementInteractions: dropping needs a mouse; the buttons inside do the same. */}
      <div
        className={styles.zone}
        data-over={isOver}
        data-testid="drop-zone"
        onDragOver={(event) => {
          event.preventDefault()
          setOver(true)
        }}
        onDragLeave={() => setOver(false)}
        onDrop={(event) => void drop(event)}
      >
        <IconStack2 className={styles.picture} size={34} stroke={1.5} aria-hidden="true" />
        <div className={styles.words}>
          <p className={styles.title}>{t(isOver ? 'notary.register.dropNow' : 'notary.register.dropTitle')}</p>
          <p role="status">
            {found === null
              ? t('notary.register.dropText')
              : t('notary.register.looking', { count: format.number(found) })}
          </p>
        </div>
        <div className={styles.buttons}>
          <Picker kind="files" onTake={take} />
          <Picker kind="folder" onTake={take} />
          <Button
            size="xs"
            px={10}
            variant="default"
            leftSection={<IconPencil size={16} aria-hidden="true" />}
            aria-expanded={isWriting}
            data-testid="write-text"
            onClick={() => setWriting((is) => !is)}
          >
            {t('notary.register.writeText')}
          </Button>
        </div>
      </div>
      {isWriting ? <TextForm onDone={() => setWriting(false)} /> : null}
    </Step>
  )
}

/** The field itself is hidden: a button of ours says the same in the window's language. */
function Picker({ kind, onTake }: { readonly kind: 'files' | 'folder'; readonly onTake: Take }) {
  const { t } = useWords()
  const field = useRef<HTMLInputElement | null>(null)
  const Icon = kind === 'files' ? IconFilePlus : IconFolderPlus
  const label = t(kind === 'files' ? 'notary.register.pickFiles' : 'notary.register.pickFolder')
  return (
    <>
      <Button
        size="xs"
        px={10}
        variant="default"
        leftSection={<Icon size={16} aria-hidden="true" />}
        onClick={() => field.current?.click()}
      >
        {label}
      </Button>
      <input
        ref={(element) => {
          field.current = element
          if (element !== null) element.webkitdirectory = kind === 'folder'
        }}
        hidden
        type="file"
        multiple
        aria-label={label}
        data-testid={`pick-${kind}`}
        onChange={({ currentTarget }) => {
          const { files } = currentTarget
          const chosen = files === null ? [] : chosenOf(files)
          void onTake((gathering) => gather(chosen, gathering))
          currentTarget.value = ''
        }}
      />
    </>
  )
}
