import { useState } from 'react'
import { useWords } from '../../../i18n/use-words.ts'
import { Door } from './door.tsx'
import { Step } from './step.tsx'
import { TextForm } from './text-form.tsx'

/** The first step: files and folders by hand or by mouse, or a text. */
export function Intake() {
  const { t } = useWords()
  const [isWriting, setWriting] = useState(false)
  return (
    <Step number={1} title={t('notary.register.choose')}>
      <Door isWriting={isWriting} onWrite={() => setWriting((is) => !is)} />
      {isWriting ? <TextForm onDone={() => setWriting(false)} /> : null}
    </Step>
  )
}
