import { Button } from '@mantine/core'
import { IconFilePlus, IconFolderPlus, IconPencil, IconStack2 } from '@tabler/icons-react'
import { type DragEvent, useRef, useState } from 'react'
import { trayLimits } from '../stores/notary/tray.ts'
import type { NewFile } from '../stores/notary/tray-actions.ts'
import { type Entry, entriesOf, gather } from './dropped.ts'
import type { DoorDress, DoorNews } from './line.ts'
import styles from './zone.module.css'

interface ZoneProps {
  readonly dress: DoorDress
  tell(news: DoorNews): void
}

/** Files and folders by hand or by mouse. What has come in goes on to the window, part by part. */
export function Zone({ dress: { words, isWriting }, tell }: ZoneProps) {
  const [isOver, setOver] = useState(false)
  const take = async (entries: readonly Entry[]): Promise<void> => {
    tell({ kind: 'began' })
    const onFiles = (files: readonly NewFile[]): void => tell({ kind: 'files', files })
    tell({ kind: 'ended', leftOut: await gather(entries, { filesMax: trayLimits.itemsMax, onFiles }) })
  }
  const drop = (event: DragEvent): void => {
    event.preventDefault()
    setOver(false)
    void take(entriesOf(event.dataTransfer.items))
  }
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: dropping needs a mouse; the buttons inside do the same.
    <div
      className={styles.zone}
      data-over={isOver}
      data-testid="drop-zone"
      onDragOver={(event) => {
        event.preventDefault()
        setOver(true)
      }}
      onDragLeave={() => setOver(false)}
      onDrop={drop}
    >
      <IconStack2 className={styles.picture} size={34} stroke={1.5} aria-hidden="true" />
      <div className={styles.words}>
        <p className={styles.title}>{isOver ? words.over : words.title}</p>
        <p role="status">{words.text}</p>
      </div>
      <div className={styles.buttons}>
        <Picker kind="files" label={words.pickFiles} onFiles={take} />
        <Picker kind="folder" label={words.pickFolder} onFiles={take} />
        <Button
          size="xs"
          px={10}
          variant="default"
          leftSection={<IconPencil size={16} aria-hidden="true" />}
          aria-expanded={isWriting}
          data-testid="write-text"
          onClick={() => tell({ kind: 'write' })}
        >
          {words.writeText}
        </Button>
      </div>
    </div>
  )
}

interface PickerProps {
  readonly kind: 'files' | 'folder'
  readonly label: string
  onFiles(files: readonly File[]): Promise<void>
}

/** The field itself is hidden: a button of ours says the same in the window's language. */
function Picker({ kind, label, onFiles }: PickerProps) {
  const field = useRef<HTMLInputElement | null>(null)
  const Icon = kind === 'files' ? IconFilePlus : IconFolderPlus
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
          void onFiles([...(currentTarget.files ?? [])])
          currentTarget.value = ''
        }}
      />
    </>
  )
}
