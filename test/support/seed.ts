/** Before each test file: properties try the same cases on every run (SEED tries others), children get a clean environment. */
import fc from 'fast-check'

fc.configureGlobal({ seed: Number(process.env.SEED ?? 20_261_122) })

// The test runner's own MODE=test is not one of the system's modes, and every spawned process would inherit it.
delete process.env.MODE
