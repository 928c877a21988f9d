/** How much room a process has before it looks for what it no longer needs. */

/**
 * The engine holds little itself, and hands on answers that lie outside of what V8 counts as its heap: by that heap it took fifteen megabytes of them for
 * much, and went through everything a dozen times in a hundred and fifty answers, 10 to 30 ms each. Megabytes.
 */
export const ENGINE_ROOM = '--initial-old-space-size=128'

/**
 * What the embedded engine has given back it keeps at hand for a second, not for the five chDB is built with: after every fold up to 180 MB of it lay about for
 * nothing. A page it has given away it must ask for again: no question or fold took longer for it. The variable and the words are jemalloc's, as chDB names them.
 */
export const ENGINE_ALLOCATOR = { name: 'JE_MALLOC_CONF', value: 'dirty_decay_ms:1000' }

/**
 * Room for what is young, megabytes: Node's own 16 are so few that an answer of twelve thousand points is copied again and again while it is made. And as for
 * the engine: of its first sixty answers of a year of 34 provinces a server went through all it holds in sixteen to eighteen.
 */
export const SERVER_ROOM = ['--max-semi-space-size=32', '--initial-old-space-size=128']

/**
 * Who collects holds little and makes much to throw away, more while it fetches the past: V8 lets that grow to several times what is in use. Here it looks once that
 * has grown by half, which costs no more (300,000 observations from their source to the store: 10.2 and 10.3 s of processor time). Less room for what is young than Node's own 16 MB would: 11.8 s.
 */
export const COLLECT_ROOM = '--heap-growing-percent=50'
