import { Intake } from './intake.tsx'
import { Outbox } from './outbox.tsx'
import styles from './register-part.module.css'
import { SendBar } from './send-bar.tsx'
import { TrayPart } from './tray-part.tsx'

/** Three steps from above to below, and beside them what became of the documents. */
export function RegisterPart() {
  return (
    <div className={styles.columns}>
      <div className={styles.steps}>
        <Intake />
        <TrayPart />
        <SendBar />
      </div>
      <Outbox />
    </div>
  )
}
