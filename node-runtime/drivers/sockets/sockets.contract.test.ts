import { describeSockets } from '#ports/testing/sockets-suite'
import { openSocketNet } from './testing/socket-net.ts'

describeSockets('zeromq', async () => (await openSocketNet()).net)
