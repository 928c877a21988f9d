/** Flags that give a process room before it looks for what it no longer needs. */

/**
 * The engine holds little itself, and hands on answers that lie outside of what V8 counts as its heap: by that heap it took fifteen megabytes of them for
 * much, and went through everything a dozen times in a hundred and fifty answers, 10 to 30 ms each. Megabytes.
 */
export const ENGINE_ROOM = '--initial-old-space-size=128'

/**
 * Room for what is young, megabytes: Node's own 16 are so few that an answer of twelve thousand points is copied again and again while it is made. And as for
 * the engine: of its first sixty answers of a year of 34 provinces a server went through all it holds in sixteen to eighteen.
 */
export const SERVER_ROOM = ['--max-semi-space-size=32', '--initial-old-space-size=128']
