/** Types of setup.mjs for the tests. */
export function build(): void
