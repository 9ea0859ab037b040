// Preloaded (`node --import`) into every process the launcher or a test starts with an IPC channel.
// A parent that dies by `kill -9` cannot pass a signal on: the closed channel is the only notice
// its children get. Without this the port stays taken by an orphan.

process.once('disconnect', () => process.kill(process.pid, 'SIGTERM'))

// The channel must not keep a process alive that has closed everything else.
process.channel?.unref()
