// Never says ready.
process.on('disconnect', () => process.exit(0))
process.on('message', () => undefined)
