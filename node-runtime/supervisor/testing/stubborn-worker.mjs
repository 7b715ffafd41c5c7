// Starts, and then does not stop when it is told to.
process.on('disconnect', () => process.exit(0))
process.on('SIGTERM', () => undefined)
process.on('message', (command) => {
  if (command.kind === 'start') process.send({ kind: 'started' })
})
process.send({ kind: 'ready', protocol: 10, pid: process.pid })
