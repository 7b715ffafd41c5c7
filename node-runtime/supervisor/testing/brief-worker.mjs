// Ends before it says anything, and leaves its reason.
process.stderr.write('Error: cannot find the thing\n')
process.exitCode = 3
process.disconnect()
