/** Loaded first in every child of the supervisor: whatever the child is doing, it does not outlive its parent for long. */

/** A child that closes in order by itself has this long, milliseconds. */
const GRACE = 3500

// Unref: a child that is through earlier is not held up. A disconnect before this line is seen by `connected`. And not by exit(): that waits for
// a statement under way in the embedded engine, however long it takes.
const letGo = () => void setTimeout(() => process.kill(process.pid, 'SIGKILL'), GRACE).unref()
if (process.connected) process.on('disconnect', letGo)
else letGo()
