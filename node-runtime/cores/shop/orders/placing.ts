import { orderLimits, shopLimits } from '../limits.ts'
import type { Placing } from '../order-messages.ts'

/** Whether it can be written down at all. Whether it can be had, the catalogue says. */
export function isPlacing({ order, key, body, session, customer, lines }: Placing): boolean {
  const { name, phone, pickupName, pickupDate, message } = customer
  return (
    orderPattern.test(order) &&
    (key === null || (key.length > 0 && key.length <= orderLimits.keyCharsMax)) &&
    (session === null || (session.length > 0 && session.length <= orderLimits.sessionCharsMax)) &&
    body.length <= orderLimits.keyCharsMax &&
    name.length <= orderLimits.nameCharsMax &&
    phone.length <= orderLimits.phoneCharsMax &&
    pickupName.length <= orderLimits.nameCharsMax &&
    pickupDate.length <= orderLimits.dateCharsMax &&
    message.length <= orderLimits.messageCharsMax &&
    lines.length > 0 &&
    lines.length <= shopLimits.linesPerOrderMax
  )
}

const orderPattern = new RegExp(`^[0-9a-z-]{1,${shopLimits.orderIdCharsMax}}$`)
