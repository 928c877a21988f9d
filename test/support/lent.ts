/** The engine that one worker's test files share: it leaves with the worker that started it and takes its folder along. */
import { rmSync } from 'node:fs'

const { DATA } = process.env
if (DATA) process.on('exit', () => rmSync(DATA, { recursive: true, force: true }))
await import('../../server/engine/main.ts')
