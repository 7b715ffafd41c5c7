// Speaks a protocol from the future.
process.on('disconnect', () => process.exit(0))
process.on('message', () => undefined)
process.send({ kind: 'ready', protocol: 9_999, pid: process.pid })
